import { AppError } from "../../domain/errors.ts";

const LONGEST_QUERY = 10_000;
const LONGEST_PATTERN = 1000;
/** A matcher by regular expression: label, operator, quoted pattern. */
const MATCHER = /([A-Za-z_][\w]*)\s*(=~|!~)\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`([^`]*)`)/g;
/** A repeated group that repeats something inside: each character may be split in many ways. */
const NESTED = /\((?:[^()\\]|\\.)*[+*}](?:[^()\\]|\\.)*\)\s*(?:[+*]|\{\d*,\d*\})/;

/**
 * Refuses a query that would cost the metrics source more than any answer is worth, before it is sent: names matched
 * by everything, patterns that repeat a repetition, texts beyond what people write. Pure.
 * @throws AppError `limited`, naming what to change
 */
export function refuseCostly(query: string): void {
	if (query.length > LONGEST_QUERY)
		throw new AppError(
			"limited",
			`A query may have ${LONGEST_QUERY} characters at most; ask for less at once.`,
		);
	for (const [, label = "", operator = "", double, single, raw] of query.matchAll(MATCHER)) {
		const pattern = double ?? single ?? raw ?? "";
		if (pattern.length > LONGEST_PATTERN)
			throw new AppError(
				"limited",
				`The pattern of ${label} has over ${LONGEST_PATTERN} characters; name fewer values.`,
			);
		if (NESTED.test(pattern))
			throw new AppError("limited", `The pattern of ${label} repeats a repetition; write it without that.`);
		if (label === "__name__" && operator === "=~" && /^\^?(?:\(?\.[*+]\)?)+\$?$/.test(pattern))
			throw new AppError("limited", "The query asks for every metric there is; name one.");
	}
}
