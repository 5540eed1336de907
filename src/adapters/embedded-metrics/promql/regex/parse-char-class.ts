import { anyOf, not, posixClasses, rangeTest } from "./char-tests.ts";
import { parseEscape } from "./parse-escape.ts";
import { type CharTest, type PatternCursor, RegexSyntaxError } from "./regex-node.ts";

/** Reads `[a-z\d[:alpha:]]`; the cursor stands behind the opening bracket and is moved behind the closing one. */
export function parseCharClass(cursor: PatternCursor): CharTest {
	const { pattern } = cursor;
	const negated = pattern[cursor.at] === "^";
	if (negated) cursor.at += 1;
	const tests: CharTest[] = [];
	for (let first = true; first || pattern[cursor.at] !== "]"; first = false) {
		if (cursor.at >= pattern.length) throw new RegexSyntaxError("has an unclosed character class");
		tests.push(parseMember(cursor));
	}
	cursor.at += 1;
	return negated ? not(anyOf(tests)) : anyOf(tests);
}

function parseMember(cursor: PatternCursor): CharTest {
	const posix = /^\[:(\^?)(\w+):\]/.exec(cursor.pattern.slice(cursor.at, cursor.at + 16));
	if (posix) {
		const test = posixClasses.get(posix[2] ?? "");
		if (!test) throw new RegexSyntaxError(`names an unknown class ${posix[0]}`);
		cursor.at += posix[0].length;
		return posix[1] ? not(test) : test;
	}
	const low = parsePoint(cursor);
	if (typeof low === "function") return low;
	const { pattern, at } = cursor;
	if (pattern[at] !== "-" || pattern[at + 1] === "]" || at + 1 >= pattern.length)
		return rangeTest(low, low, cursor.flags.i);
	cursor.at += 1;
	const high = parsePoint(cursor);
	if (typeof high === "function" || high < low)
		throw new RegexSyntaxError("has a character range that runs backwards");
	return rangeTest(low, high, cursor.flags.i);
}

/** One character of a class as its code point, or a test where an escape stands for several. */
function parsePoint(cursor: PatternCursor): number | CharTest {
	const point = cursor.pattern.codePointAt(cursor.at) ?? 0;
	cursor.at += point > 0xffff ? 2 : 1;
	if (point !== 0x5c) return point;
	const special = parseEscape(cursor);
	if (special.kind === "anchor") throw new RegexSyntaxError("has an anchor inside a character class");
	return special.kind === "point" ? special.point : special.test;
}
