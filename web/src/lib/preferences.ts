import { createStore, type Store, useStore } from "./store.ts";

export type Theme = "light" | "dark";

const THEME_KEY = "theme";
const SHORTCUTS_KEY = "shortcuts";
const systemIsDark = window.matchMedia("(prefers-color-scheme: dark)");

/** A browser that forbids storage still gets a console; it only forgets. */
function remembered(key: string): string | null {
	try {
		return localStorage.getItem(key);
	} catch {
		return null;
	}
}

function remember(key: string, value: string): void {
	try {
		localStorage.setItem(key, value);
	} catch {
		return;
	}
}

function chosenTheme(): Theme | undefined {
	const theme = remembered(THEME_KEY);
	return theme === "light" || theme === "dark" ? theme : undefined;
}

const systemTheme = (): Theme => (systemIsDark.matches ? "dark" : "light");
const theme = createStore<Theme>(chosenTheme() ?? systemTheme());
const shortcuts: Store<boolean> = createStore(remembered(SHORTCUTS_KEY) !== "off");

/** Shows the remembered theme, or the system's and its changes. Called once, before the first paint. */
export function startTheme(): void {
	showTheme();
	systemIsDark.addEventListener("change", () => {
		if (!chosenTheme()) theme.set(systemTheme());
	});
	theme.subscribe(showTheme);
}

function showTheme(): void {
	document.documentElement.dataset.theme = theme.get();
}

export function useTheme(): Theme {
	return useStore(theme);
}

export function toggleTheme(): void {
	const next = theme.get() === "dark" ? "light" : "dark";
	remember(THEME_KEY, next);
	theme.set(next);
}

/** Whether single keys do something outside fields. */
export function useShortcutsOn(): boolean {
	return useStore(shortcuts);
}

export function setShortcutsOn(on: boolean): void {
	remember(SHORTCUTS_KEY, on ? "on" : "off");
	shortcuts.set(on);
}
