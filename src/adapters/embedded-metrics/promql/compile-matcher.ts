import type { MatcherText } from "./ast.ts";
import { invalidQuery, quoted } from "./query-error.ts";
import { compileRegex, type RegexProgram } from "./regex/compile-regex.ts";
import { matchesWhole } from "./regex/matches-whole.ts";
import { RegexSyntaxError } from "./regex/regex-node.ts";

/** A matcher ready to decide on label values; an absent label has the value "". */
export type Matcher = MatcherText & { readonly matches: (value: string) => boolean };

/**
 * A matcher with its expression compiled (RE2 syntax, matching the whole value). Answers are remembered per value.
 * `spend` hears of the work of expressions; `position` is where the pattern stands, for the error.
 */
export function compileMatcher(
	matcher: MatcherText,
	position?: number,
	spend: (work: number) => void = () => undefined,
): Matcher {
	const { operator, value } = matcher;
	if (operator === "=") return { ...matcher, matches: (given) => given === value };
	if (operator === "!=") return { ...matcher, matches: (given) => given !== value };
	const program = compile(value, position);
	const known = new Map<string, boolean>();
	const matches = (given: string): boolean => {
		let verdict = known.get(given);
		if (verdict === undefined) {
			verdict = matchesWhole(program, given, spend) === (operator === "=~");
			known.set(given, verdict);
		}
		return verdict;
	};
	return { ...matcher, matches };
}

function compile(pattern: string, position: number | undefined): RegexProgram {
	try {
		return compileRegex(pattern);
	} catch (error) {
		if (error instanceof RegexSyntaxError)
			throw invalidQuery(`the regular expression ${quoted(pattern)} ${error.reason}`, position);
		throw error;
	}
}
