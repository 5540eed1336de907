import type { z } from "zod";

/** A problem before and after zod gave it its words. */
type RawIssue = z.core.$ZodRawIssue;
type Issue = z.core.$ZodIssue;

/** Keys below which a value may be a secret or a person's: such values are never repeated. */
const PRIVATE_KEY =
	/pass|pwd|secret|token|key|credential|auth|cookie|code|user|url|file|header|^env$|^args$|^command$|^query$|^parameters$|^reason$|^text$/i;
/** What is longer than the usual wrong value may be anything. */
const LONGEST_SHOWN = 12;

/**
 * One problem as a line for a person: where (`whole` where it is the input itself) and what would fit.
 * Needs issues whose words come from `plainWords` or from the schema.
 */
export function describeIssue(issue: Issue, whole: string): string {
	const key = keyText(issue.path);
	if (issue.code === "unrecognized_keys") {
		const unknown = issue.keys
			.slice(0, 10)
			.map((name) => JSON.stringify(name.slice(0, 60)))
			.join(", ");
		return `unknown key ${unknown}${key ? ` in ${key}` : ""}`;
	}
	return `${key || whole}${/^(?:must|is) /.test(issue.message) ? " " : ": "}${issue.message}`;
}

/** Where a key stands, for people, who count from 1: `approvals, entry 5: self_approval`. */
export function keyText(path: readonly PropertyKey[]): string {
	const parts = path.map((key, index) => {
		if (typeof key === "number") return `${index === 0 ? "" : ", "}entry ${key + 1}`;
		const before = path[index - 1];
		return `${before === undefined ? "" : typeof before === "number" ? ": " : "."}${String(key)}`;
	});
	return parts.join("").slice(0, 120);
}

/** zod's own words in plain ones: give it to `safeParse` as `error`. A schema's own message stays. */
export function plainWords(issue: RawIssue): string {
	if (issue.input === undefined && issue.code !== "custom") return "is missing";
	const needed = neededFor(issue);
	if (needed === undefined) return "is not written as it should be";
	const counted = (issue.code === "too_small" || issue.code === "too_big") && issue.origin in UNITS;
	return `must ${needed}${counted ? "" : notValue(issue)}`;
}

/** `, not "x"`: what was given instead, or nothing where it could be a secret or says nothing. */
export function notValue(issue: Pick<RawIssue, "input" | "path">): string {
	const { input, path = [] } = issue;
	if (Array.isArray(input)) return ", not a list";
	if (input === null) return ", not empty";
	if (typeof input === "object") return ", not a set of keys";
	if (path.some((key) => PRIVATE_KEY.test(String(key)))) return "";
	if (typeof input !== "string" && typeof input !== "number" && typeof input !== "boolean") return "";
	const shown = JSON.stringify(input);
	const isSayable = typeof input !== "number" || Number.isFinite(input);
	return !isSayable || shown.length > LONGEST_SHOWN + 2 ? "" : `, not ${shown}`;
}

/** JSON has no infinities, and 1e999 is read as one. */
function isInfinite(input: unknown): boolean {
	return input === Number.POSITIVE_INFINITY || input === Number.NEGATIVE_INFINITY;
}

function neededFor(issue: RawIssue): string | undefined {
	switch (issue.code) {
		case "invalid_type":
			if (isInfinite(issue.input)) return "be a finite number";
			return `be ${KINDS[String(issue.expected)] ?? "of another kind"}`;
		case "invalid_value":
			return issue.values.length === 1
				? `be ${String(issue.values[0])}`
				: `be one of ${issue.values.map(String).join(", ")}`;
		case "too_small":
			return size(issue.origin, Number(issue.minimum), issue.inclusive === false ? "more than" : "at least");
		case "too_big":
			return size(issue.origin, Number(issue.maximum), issue.inclusive === false ? "less than" : "at most");
		case "not_multiple_of":
			return `be a multiple of ${issue.divisor}`;
		case "invalid_format":
			return FORMATS[issue.format] && `be ${FORMATS[issue.format]}`;
		default:
			return undefined;
	}
}

const KINDS: Readonly<Record<string, string>> = {
	string: "text",
	number: "a number",
	int: "a whole number",
	boolean: "true or false",
	array: "a list",
	object: "a set of keys",
	record: "a set of keys",
};

const FORMATS: Readonly<Record<string, string>> = {
	url: "an address such as https://example.com",
	datetime: "a time such as 2026-01-31T12:00:00Z",
	uuid: "an identifier (UUID)",
	email: "an e-mail address",
};

function size(origin: string, limit: number, relation: string): string {
	const unit = UNITS[origin];
	if (unit === undefined) return `be ${relation} ${limit}`;
	if (limit === 1 && relation === "at least") return "not be empty";
	return `have ${relation} ${limit} ${limit === 1 ? unit.one : unit.many}`;
}

const UNITS: Readonly<Record<string, { readonly one: string; readonly many: string }>> = {
	string: { one: "character", many: "characters" },
	array: { one: "entry", many: "entries" },
	set: { one: "entry", many: "entries" },
};
