import { invalidQuery, quoted } from "./query-error.ts";

const UNIT_MS = {
	y: 31_536_000_000,
	w: 604_800_000,
	d: 86_400_000,
	h: 3_600_000,
	m: 60_000,
	s: 1_000,
	ms: 1,
};
const DURATION = /^(?:\d+(?:ms|[ywdhms]))+$/;
const DURATION_PART = /(\d+)(ms|[ywdhms])/g;

/** Longest range or offset: a hundred years, in milliseconds. */
const MAX_DURATION_MS = 100 * UNIT_MS.y;

/**
 * A PromQL number as Prometheus 3 reads it: decimal, hexadecimal, octal with a leading zero, with underscores,
 * `Inf`, `NaN`, or a duration, which is its length in seconds.
 */
export function parseNumber(text: string, position: number): number {
	const plain = text.replaceAll(/[\s_]/g, "").toLowerCase();
	const negative = plain.startsWith("-");
	const digits = plain.replace(/^[-+]/, "");
	const value = parseUnsigned(digits);
	if (value === undefined) throw invalidQuery(`${quoted(text)} is no number`, position);
	return negative ? -value : value;
}

function parseUnsigned(digits: string): number | undefined {
	if (digits === "inf") return Number.POSITIVE_INFINITY;
	if (digits === "nan") return Number.NaN;
	if (DURATION.test(digits)) return durationMs(digits) / 1000;
	if (/^0[0-7]+$/.test(digits)) return Number.parseInt(digits, 8);
	const value = Number(digits);
	return digits === "" || Number.isNaN(value) ? undefined : value;
}

/** A range or an offset in whole milliseconds: a duration such as `1h30m`, or a number of seconds. */
export function parseDurationMs(text: string, position: number): number {
	const digits = text.replaceAll(/[\s_]/g, "").toLowerCase();
	const ms = DURATION.test(digits) ? durationMs(digits) : Math.trunc(parseNumber(text, position) * 1000);
	if (!(ms <= MAX_DURATION_MS)) throw invalidQuery(`the duration ${quoted(text)} is out of range`, position);
	return ms;
}

function durationMs(digits: string): number {
	let total = 0;
	for (const [, amount, unit] of digits.matchAll(DURATION_PART))
		total += Number(amount) * (UNIT_MS[unit as keyof typeof UNIT_MS] ?? 0);
	return total;
}
