import type { Token } from "./tokenise.ts";

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** A value that was read and the index of the first token after it. */
export type Piece<T> = { readonly end: number; readonly value: T };

const UNITS: Readonly<Record<string, number>> = Object.fromEntries([
	..."s sec secs second seconds".split(" ").map((unit) => [unit, 1000]),
	..."m min mins minute minutes".split(" ").map((unit) => [unit, MINUTE_MS]),
	..."h hr hrs hour hours".split(" ").map((unit) => [unit, HOUR_MS]),
	..."d day days".split(" ").map((unit) => [unit, DAY_MS]),
	..."w wk wks week weeks".split(" ").map((unit) => [unit, 7 * DAY_MS]),
	..."yr yrs year years".split(" ").map((unit) => [unit, 365 * DAY_MS]),
	..."month months".split(" ").map((unit) => [unit, 30 * DAY_MS]),
]);
const UNIT_NAMES: readonly (readonly [number, string])[] = [
	[7 * DAY_MS, "week"],
	[DAY_MS, "day"],
	[HOUR_MS, "hour"],
	[MINUTE_MS, "minute"],
	[1000, "second"],
];
const VAGUE: Readonly<Record<string, number>> = { half: 0.5, quarter: 0.25, couple: 2, few: 3, several: 3 };

/** The word at an index, or an empty one. */
export function wordAt(tokens: readonly Token[], at: number): string {
	return tokens[at]?.text ?? "";
}

/** A length in words: "2 hours", "30 minutes", "hour". */
export function lengthWords(lengthMs: number): string {
	const [size, name] = UNIT_NAMES.find(([unit]) => lengthMs >= unit && lengthMs % unit === 0) ?? [
		1000,
		"second",
	];
	const count = Math.round((lengthMs / size) * 100) / 100;
	return count === 1 ? name : `${count} ${name}s`;
}

/** A length in milliseconds: `30m`, `2 h 30 min`, `half an hour`, `an hour and a half`, `a couple of days`. */
export function readLength(tokens: readonly Token[], at: number): Piece<number> | undefined {
	const amount = readAmount(tokens, at);
	const unit = amount && unitAt(tokens, amount.end);
	if (!amount || unit === undefined) return undefined;
	const end = amount.end + 1;
	const value = amount.value * unit;
	const half = ["and", "a", "half"].every((word, offset) => wordAt(tokens, end + offset) === word);
	if (half) return { end: end + 3, value: value + unit / 2 };
	const joined = wordAt(tokens, end) === "and" ? end + 1 : end;
	const more = tokens[joined]?.kind === "number" ? readLength(tokens, joined) : undefined;
	return more && more.value < unit ? { end: more.end, value: value + more.value } : { end, value };
}

/** A unit without an amount, from minutes up: the "hour" of "last hour". */
export function readUnit(tokens: readonly Token[], at: number): Piece<number> | undefined {
	const unit = unitAt(tokens, at);
	if (unit === undefined || unit < MINUTE_MS || wordAt(tokens, at).length < 3) return undefined;
	return { end: at + 1, value: unit };
}

function unitAt(tokens: readonly Token[], at: number): number | undefined {
	const text = wordAt(tokens, at);
	return Object.hasOwn(UNITS, text) ? UNITS[text] : undefined;
}

function readAmount(tokens: readonly Token[], at: number): Piece<number> | undefined {
	const token = tokens[at];
	if (token?.kind === "number") return { end: at + 1, value: token.value ?? 0 };
	const article = ["a", "an", "the"].includes(wordAt(tokens, at)) ? 1 : 0;
	const head = wordAt(tokens, at + article);
	if (Object.hasOwn(VAGUE, head)) {
		let end = at + article + 1;
		while (["of", "a", "an"].includes(wordAt(tokens, end))) end += 1;
		return { end, value: VAGUE[head] ?? 1 };
	}
	return article === 1 ? { end: at + 1, value: 1 } : undefined;
}
