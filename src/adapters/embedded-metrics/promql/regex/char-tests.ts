import { type CharTest, RegexSyntaxError } from "./regex-node.ts";

const range =
	(low: number, high: number): CharTest =>
	(point) =>
		point >= low && point <= high;

/** True where any of the tests is. */
export const anyOf =
	(tests: readonly CharTest[]): CharTest =>
	(point) =>
		tests.some((test) => test(point));

export const not =
	(test: CharTest): CharTest =>
	(point) =>
		!test(point);

const digit = range(48, 57);
const upper = range(65, 90);
const lower = range(97, 122);
export const isWord: CharTest = (point) => digit(point) || upper(point) || lower(point) || point === 95;
const perlSpace: CharTest = (point) =>
	point === 32 || point === 9 || point === 10 || point === 12 || point === 13;

/** `\d \D \s \S \w \W`, ASCII only as in RE2. */
export const perlClasses: ReadonlyMap<string, CharTest> = new Map([
	["d", digit],
	["D", not(digit)],
	["s", perlSpace],
	["S", not(perlSpace)],
	["w", isWord],
	["W", not(isWord)],
]);

/** The names of `[[:alpha:]]` and its like. */
export const posixClasses: ReadonlyMap<string, CharTest> = new Map([
	["alnum", anyOf([digit, upper, lower])],
	["alpha", anyOf([upper, lower])],
	["ascii", range(0, 127)],
	["blank", (point) => point === 9 || point === 32],
	["cntrl", (point) => point < 32 || point === 127],
	["digit", digit],
	["graph", range(33, 126)],
	["lower", lower],
	["print", range(32, 126)],
	["punct", (point) => point >= 33 && point <= 126 && !digit(point) && !upper(point) && !lower(point)],
	["space", (point) => perlSpace(point) || point === 11],
	["upper", upper],
	["word", isWord],
	["xdigit", anyOf([digit, range(65, 70), range(97, 102)])],
]);

/** `\p{L}`, `\p{Greek}`: a Unicode category or script. */
export function unicodeClass(name: string): CharTest {
	for (const property of [name, `Script=${name}`]) {
		try {
			const expression = new RegExp(`^\\p{${property}}$`, "u");
			return (point) => expression.test(String.fromCodePoint(point));
		} catch {
			// Not a name of this kind; the next one may be.
		}
	}
	throw new RegexSyntaxError(`names an unknown Unicode class ${name}`);
}

/** Code points from `low` to `high`, both included, in any case where `fold` is set. */
export function rangeTest(low: number, high: number, fold: boolean): CharTest {
	const plain = range(low, high);
	return fold ? (point) => foldings(point).some(plain) : plain;
}

function foldings(point: number): readonly number[] {
	const text = String.fromCodePoint(point);
	const variants = [point];
	for (const variant of [text.toLowerCase(), text.toUpperCase()])
		if (variant.length === text.length) variants.push(variant.codePointAt(0) ?? point);
	return variants;
}
