import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
	plugins: [react()],
	build: {
		target: "es2024",
		cssTarget: ["chrome123", "firefox120", "safari17.5"],
		// The content security policy allows no inline scripts and styles, so nothing is inlined.
		assetsInlineLimit: 0,
		modulePreload: { polyfill: false },
	},
});
