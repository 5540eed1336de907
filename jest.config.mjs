// FAST_TESTS=1 leaves out what needs minutes or a browser: scenarios, the console in Chromium, real Prometheus.
const slow = ["/test/scenarios/", "/test/web/", "\\.slow\\.test\\.ts$"];

export default {
	testEnvironment: "node",
	roots: ["<rootDir>/test"],
	testMatch: ["**/*.test.ts"],
	testPathIgnorePatterns: ["/node_modules/", ...(process.env.FAST_TESTS === "1" ? slow : [])],
	extensionsToTreatAsEsm: [".ts"],
	transform: { "^.+\\.ts$": "<rootDir>/scripts/jest-strip-types.mjs" },
	setupFiles: ["<rootDir>/test/support/fast-check-seed.ts"],
	// Most tests wait for real servers, so more workers than cores pay.
	maxWorkers: 4,
	testTimeout: 20_000,
};
