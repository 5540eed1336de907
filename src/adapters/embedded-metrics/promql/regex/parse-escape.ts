import { not, perlClasses, unicodeClass } from "./char-tests.ts";
import { type Anchor, type CharTest, type PatternCursor, RegexSyntaxError } from "./regex-node.ts";

/** What a backslash sequence stands for. */
export type Escape =
	| { readonly kind: "point"; readonly point: number }
	| { readonly kind: "class"; readonly test: CharTest }
	| { readonly kind: "anchor"; readonly anchor: Anchor };

const CONTROL: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 };
const ANCHORS: Readonly<Record<string, Anchor>> = {
	A: "text-start",
	z: "text-end",
	b: "word",
	B: "not-word",
};

/** Reads the sequence after a backslash; the cursor stands behind the backslash and is moved on. */
export function parseEscape(cursor: PatternCursor): Escape {
	const rest = cursor.pattern.slice(cursor.at, cursor.at + 64);
	const first = rest[0];
	if (first === undefined) throw new RegexSyntaxError("ends with a lone backslash");
	const perl = perlClasses.get(first);
	const control = CONTROL[first];
	const anchor = ANCHORS[first];
	if (perl) return take(cursor, 1, { kind: "class", test: perl });
	if (control !== undefined) return take(cursor, 1, { kind: "point", point: control });
	if (anchor) return take(cursor, 1, { kind: "anchor", anchor });
	const unicode = /^([pP])(?:\{(\^?)(\w+)\}|([A-Z]))/.exec(rest);
	if (unicode) {
		const test = unicodeClass(unicode[3] ?? unicode[4] ?? "");
		const negated = (unicode[1] === "P") !== (unicode[2] === "^");
		return take(cursor, unicode[0].length, { kind: "class", test: negated ? not(test) : test });
	}
	const hex = /^x(?:([0-9a-fA-F]{2})|\{([0-9a-fA-F]{1,6})\})/.exec(rest);
	const octal = /^(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(rest);
	if (hex) return take(cursor, hex[0].length, codePoint(Number.parseInt(hex[1] ?? hex[2] ?? "", 16)));
	if (octal) return take(cursor, octal[0].length, codePoint(Number.parseInt(octal[0], 8)));
	if (/^[1-9]/.test(rest)) throw new RegexSyntaxError("uses a back reference, which RE2 does not have");
	if (/^[\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]/.test(rest))
		return take(cursor, 1, { kind: "point", point: first.codePointAt(0) ?? 0 });
	throw new RegexSyntaxError(`has the unknown escape \\${first}`);
}

function codePoint(point: number): Escape {
	if (point > 0x10ffff) throw new RegexSyntaxError("names a character beyond Unicode");
	return { kind: "point", point };
}

function take(cursor: PatternCursor, length: number, special: Escape): Escape {
	cursor.at += length;
	return special;
}
