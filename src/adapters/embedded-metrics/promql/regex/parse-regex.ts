import { rangeTest } from "./char-tests.ts";
import { parseCharClass } from "./parse-char-class.ts";
import { parseEscape } from "./parse-escape.ts";
import { type PatternCursor, type RegexNode, RegexSyntaxError } from "./regex-node.ts";

/** Largest count in `x{n,m}`, as in RE2. */
const MAX_REPEAT = 1000;
const EMPTY: RegexNode = { kind: "sequence", parts: [] };

/**
 * An RE2 expression as a tree, a dot taking newlines as Prometheus has it. Throws RegexSyntaxError for what RE2
 * refuses too: look-around, back references, repetitions of nothing.
 */
export function parseRegex(pattern: string): RegexNode {
	const cursor: PatternCursor = { pattern, at: 0, flags: { i: false, m: false, s: true } };
	const node = parseChoice(cursor);
	if (cursor.at < pattern.length) throw new RegexSyntaxError("has a closing bracket too many");
	return node;
}

function parseChoice(cursor: PatternCursor): RegexNode {
	const options = [parseSequence(cursor)];
	while (cursor.pattern[cursor.at] === "|") {
		cursor.at += 1;
		options.push(parseSequence(cursor));
	}
	return options.length === 1 ? (options[0] ?? EMPTY) : { kind: "choice", options };
}

function parseSequence(cursor: PatternCursor): RegexNode {
	const parts: RegexNode[] = [];
	while (cursor.at < cursor.pattern.length && !"|)".includes(cursor.pattern[cursor.at] ?? "")) {
		const literals = /^\\Q(.*?)(?:\\E|$)/s.exec(cursor.pattern.slice(cursor.at));
		if (literals) {
			cursor.at += literals[0].length;
			const chars = Array.from(literals[1] ?? "", (char) => literal(char.codePointAt(0) ?? 0, cursor));
			// A repetition behind the quote belongs to its last character.
			const last = chars.pop();
			parts.push(...chars, ...(last ? [parseRepeat(last, cursor)] : []));
		} else parts.push(parseRepeat(parseAtom(cursor), cursor));
	}
	return { kind: "sequence", parts };
}

function parseRepeat(node: RegexNode, cursor: PatternCursor): RegexNode {
	const match = /^(?:[*+?]|\{(\d{1,4})(,(\d{1,4})?)?\})/.exec(
		cursor.pattern.slice(cursor.at, cursor.at + 12),
	);
	if (!match) return node;
	cursor.at += match[0].length;
	if (cursor.pattern[cursor.at] === "?") cursor.at += 1;
	if (/^(?:[*+?]|\{\d+(?:,\d*)?\})/.test(cursor.pattern.slice(cursor.at, cursor.at + 24)))
		throw new RegexSyntaxError("repeats a repetition; put brackets around the inner one");
	const [min, max] = bounds(match);
	if (min > max || min > MAX_REPEAT || (max > MAX_REPEAT && max !== Number.POSITIVE_INFINITY))
		throw new RegexSyntaxError(`has a repetition outside 0 to ${MAX_REPEAT}`);
	return { kind: "repeat", node, min, max };
}

function bounds(match: RegExpExecArray): readonly [number, number] {
	const [operator, min, comma, max] = match;
	if (operator === "*") return [0, Number.POSITIVE_INFINITY];
	if (operator === "+") return [1, Number.POSITIVE_INFINITY];
	if (operator === "?") return [0, 1];
	if (comma === undefined) return [Number(min), Number(min)];
	return [Number(min), max === undefined ? Number.POSITIVE_INFINITY : Number(max)];
}

function parseAtom(cursor: PatternCursor): RegexNode {
	const { pattern, flags } = cursor;
	const point = pattern.codePointAt(cursor.at) ?? 0;
	const char = String.fromCodePoint(point);
	cursor.at += char.length;
	if (char === "(") return parseGroup(cursor);
	if (char === "[") return { kind: "char", test: parseCharClass(cursor) };
	if (char === ".") return { kind: "char", test: flags.s ? () => true : (given) => given !== 10 };
	if (char === "^") return { kind: "anchor", anchor: flags.m ? "line-start" : "text-start" };
	if (char === "$") return { kind: "anchor", anchor: flags.m ? "line-end" : "text-end" };
	if ("*+?".includes(char)) throw new RegexSyntaxError("repeats nothing");
	if (char !== "\\") return literal(point, cursor);
	const special = parseEscape(cursor);
	if (special.kind === "class") return { kind: "char", test: special.test };
	return special.kind === "anchor" ? special : literal(special.point, cursor);
}

function literal(point: number, cursor: PatternCursor): RegexNode {
	return { kind: "char", test: rangeTest(point, point, cursor.flags.i) };
}

function parseGroup(cursor: PatternCursor): RegexNode {
	const outer = cursor.flags;
	const head = /^\?(?:P?<(?![=!])\w+>|([imsU]*)(?:-([imsU]+))?([:)]))/.exec(cursor.pattern.slice(cursor.at));
	if (cursor.pattern[cursor.at] === "?" && !head)
		throw new RegexSyntaxError("uses a look-around or another group that RE2 does not have");
	if (head) {
		cursor.at += head[0].length;
		const [, on = "", off = "", end] = head;
		const flag = (name: "i" | "m" | "s"): boolean =>
			(outer[name] || on.includes(name)) && !off.includes(name);
		cursor.flags = { i: flag("i"), m: flag("m"), s: flag("s") };
		// A group of flags alone holds for the rest of the group around it.
		if (end === ")") return EMPTY;
	}
	const node = parseChoice(cursor);
	if (cursor.pattern[cursor.at] !== ")") throw new RegexSyntaxError("has an unclosed bracket");
	cursor.at += 1;
	cursor.flags = outer;
	return node;
}
