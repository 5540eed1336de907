import { PAGES } from "./pages.ts";

/** Every key of the console and what it does. */
export const KEYS: readonly (readonly [string, string])[] = [
	["/", "ask, or jump"],
	...PAGES.map((page) => [`g ${page.key}`, page.name] as const),
	["j k", "next and previous"],
	["Enter", "open"],
	["Esc", "close, or leave a field"],
	["A D", "approve, deny the card in focus; press twice"],
	["t", "light or dark"],
	["?", "this list"],
];
