import { AppError } from "../domain/errors.ts";
import { withoutLiterals } from "./without-literals.ts";

/** PromQL has single equals signs between braces only: elsewhere somebody meant an option. */
const ANY_OPTION = /(?:^|\s)([a-z_][\w-]{0,40})=(?![=~])/gi;

/**
 * What is left of a line as its query may not hold options: one that there is not, or whose value can't be read, would
 * make those before it a part of the query. AppError `invalid` that names it. Pure.
 */
export function refuseOption(query: string, known: readonly string[]): void {
	const rest = withoutLiterals(query.replaceAll(/`[^`]*`/g, (text) => " ".repeat(text.length)));
	if (/["'`{[]/.test(rest)) return;
	const keys = [...rest.matchAll(ANY_OPTION)].map(([, key = ""]) => key);
	const unknown = keys.find((key) => !known.includes(key.toLowerCase()));
	if (unknown !== undefined)
		throw new AppError("invalid", `${unknown}= is no option; it knows ${known.join(", ")}. Nothing changed.`);
	const last = keys.at(-1);
	if (last !== undefined)
		throw new AppError(
			"invalid",
			`What follows ${last}= can't be read: options stand behind the query, each with a value of 1 to 60 characters, in quotes where it has blanks. Nothing changed.`,
		);
}
