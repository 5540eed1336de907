/**
 * A query in PromQL with blanks where strings, label matchers, windows and lists of labels stand: names, functions and
 * operators remain, at their places. Pure.
 */
export function withoutLiterals(query: string): string {
	const blank = (text: string) => " ".repeat(text.length);
	return query
		.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, blank)
		.replaceAll(/\{[^{}]*\}|\[[^[\]]*\]/g, blank)
		.replaceAll(/\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^()]*\)/gi, blank);
}
