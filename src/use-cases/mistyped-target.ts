import { isTypoOf } from "../domain/edit-distance.ts";

/**
 * A warning where a target's name is most likely a typing mistake for one that is known; empty where it is known, or
 * near to none. Names are often numbered: another number is another target, not a slip. Pure.
 */
export function mistypedTarget(target: string, known: readonly string[]): string {
	if (known.includes(target)) return "";
	const said = target.toLowerCase();
	const close = known.find(
		(name) => numbersOf(name) === numbersOf(said) && isTypoOf(said, name.toLowerCase()),
	);
	return close === undefined ? "" : `No watch or service is called "${target}"; did you mean ${close}?`;
}

function numbersOf(text: string): string {
	return text.replaceAll(/\D+/g, " ").trim();
}
