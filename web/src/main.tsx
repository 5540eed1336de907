import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { startNavigation } from "./lib/navigation.ts";
import { startTheme } from "./lib/preferences.ts";

startTheme();
startNavigation();
const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
