import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { startNavigation } from "./lib/navigation.ts";
import { startTheme } from "./lib/preferences.ts";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/layout.css";
import "./styles/controls.css";
import "./styles/state.css";
import "./styles/content.css";
import "./styles/chart.css";
import "./styles/decision.css";
import "./styles/pages.css";

startTheme();
startNavigation();
const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
