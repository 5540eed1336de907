import { invalidQuery, quoted } from "./query-error.ts";

const SIMPLE: Readonly<Record<string, number>> = {
	a: 7,
	b: 8,
	f: 12,
	n: 10,
	r: 13,
	t: 9,
	v: 11,
	"\\": 92,
	"'": 39,
	'"': 34,
};
const NUMERIC = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3}))/;

/**
 * The value of a PromQL string literal: double or single quotes with Go's escapes, or back quotes with none.
 * Bytes written as `\xNN` or octal are read as UTF-8 once the whole literal is together.
 */
export function parseStringLiteral(literal: string, position: number): string {
	const quote = literal[0] ?? "";
	if (literal.length < 2 || !literal.endsWith(quote))
		throw invalidQuery(`the string ${quoted(literal)} is not closed`, position);
	const body = literal.slice(1, -1);
	if (quote === "`" || !body.includes("\\")) return body;
	return withoutEscapes(body, literal, position);
}

function withoutEscapes(body: string, literal: string, position: number): string {
	const pieces: Buffer[] = [];
	let index = 0;
	while (index < body.length) {
		const slash = body.indexOf("\\", index);
		if (slash === -1) break;
		pieces.push(Buffer.from(body.slice(index, slash)));
		const simple = SIMPLE[body[slash + 1] ?? ""];
		const numeric = NUMERIC.exec(body.slice(slash + 1, slash + 10));
		if (simple !== undefined) {
			pieces.push(Buffer.of(simple));
			index = slash + 2;
		} else if (numeric) {
			pieces.push(numericEscape(numeric, literal, position));
			index = slash + 1 + numeric[0].length;
		} else throw invalidQuery(`the string ${quoted(literal)} has an unknown escape`, position);
	}
	pieces.push(Buffer.from(body.slice(index)));
	return Buffer.concat(pieces).toString("utf8");
}

function numericEscape(match: RegExpExecArray, literal: string, position: number): Buffer {
	const [, hex, short, long, octal] = match;
	const codePoint = short ?? long;
	const value = codePoint
		? Number.parseInt(codePoint, 16)
		: Number.parseInt(hex ?? octal ?? "", hex ? 16 : 8);
	const limit = codePoint ? 0x10ffff : 0xff;
	if (value > limit || (value >= 0xd800 && value <= 0xdfff))
		throw invalidQuery(`the string ${quoted(literal)} has an escape that is no character`, position);
	return codePoint ? Buffer.from(String.fromCodePoint(value)) : Buffer.of(value);
}
