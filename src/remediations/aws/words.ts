import { cutLine, inertText } from "../../domain/inert-text.ts";

const LONGEST_NAME = 60;
const LISTED = 5;

/** A name from AWS as titles and sentences show it: harmless, and short enough for both. */
export function shownName(name: string): string {
	return cutLine(inertText(name), LONGEST_NAME);
}

/** `web-1 (i-0a1)`; the id alone where there is no other name. */
export function nameAndId({ name, id }: { readonly name: string; readonly id: string }): string {
	return name === id ? id : `${shownName(name)} (${id})`;
}

/** `a`, `a and b`, `a, b and c`; of more than five the first five `and 37 others`. */
export function listText(items: readonly string[]): string {
	const shown = items.length > LISTED ? items.slice(0, LISTED) : items.slice(0, -1);
	const rest = items.length - LISTED;
	const last = rest > 0 ? `${rest} ${rest === 1 ? "other" : "others"}` : items.at(-1);
	return shown.length === 0 ? (last ?? "none") : `${shown.join(", ")} and ${last}`;
}

/** `1 instance`, `3 instances`. */
export function counted(count: number, one: string, many = `${one}s`): string {
	return `${count} ${count === 1 ? one : many}`;
}
