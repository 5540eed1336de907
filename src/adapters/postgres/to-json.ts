import { cleanText } from "./clean-text.ts";

/**
 * The value as JSON for a jsonb column. As JSON.stringify, with text cleaned in values and keys; a bigint becomes
 * its digits. Throws a TypeError for a value that contains itself.
 */
export function toJson(value: unknown): string {
	return JSON.stringify(value, cleanMember) ?? "null";
}

/** The value as it will be read back: what has no JSON form is gone, dates are text, NaN is null. */
export function asStored(value: unknown): unknown {
	return JSON.parse(toJson(value)) as unknown;
}

function cleanMember(_key: string, value: unknown): unknown {
	if (typeof value === "string") return cleanText(value);
	if (typeof value === "bigint") return value.toString();
	if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
	const entries = Object.entries(value);
	if (entries.every(([key]) => key === cleanText(key))) return value;
	return Object.fromEntries(entries.map(([key, member]) => [cleanText(key), member]));
}
