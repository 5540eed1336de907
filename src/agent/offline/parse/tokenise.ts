/** A piece of a question. `text` is lower case; a number's `value` is its amount. */
export type Token = {
	readonly kind: "word" | "number" | "clock" | "date" | "id" | "path" | "quantile" | "mark";
	readonly text: string;
	readonly value?: number;
	/** Written together with the token before it, as in `billing-api`. */
	readonly glued?: true;
};

// Each alternative is a plain run of characters, so the time is linear in the length of the text.
const PIECES = new RegExp(
	[
		String.raw`(?<date>\d{4}-\d{2}-\d{2})`,
		String.raw`(?<clock>\d{1,2}:\d{2})(?::\d{2})?`,
		String.raw`(?<id>(?<![\p{L}\p{N}-])(?:inc|an|a)-\d{1,9}(?![\p{L}\p{N}-]))`,
		String.raw`(?<quantile>(?<![\p{L}\p{N}])p\d{2,3}(?![\p{L}\p{N}]))`,
		String.raw`(?<unit>(?<=\d)(?:hr?|min|m|d|s)(?=\d))`,
		String.raw`(?<status>[45]xx|[45]0\d(?=s?\b))`,
		String.raw`(?<number>\d{1,12}(?:\.\d{1,6})?)`,
		String.raw`(?<path>(?<![\p{L}\p{N}/])\/[\p{L}\p{N}_./-]*)`,
		String.raw`(?<word>\p{L}[\p{L}\p{N}\p{M}_']*)`,
		"(?<mark>[?!;,:%.&+])",
	].join("|"),
	"gu",
);

const SPELLED: Readonly<Record<string, number>> = {
	one: 1,
	two: 2,
	three: 3,
	four: 4,
	five: 5,
	six: 6,
	seven: 7,
	eight: 8,
	nine: 9,
	ten: 10,
	eleven: 11,
	twelve: 12,
	fifteen: 15,
	twenty: 20,
	thirty: 30,
	forty: 40,
	fifty: 50,
	sixty: 60,
	ninety: 90,
	dozen: 12,
};

/** Contracted and run-together forms, as the words they stand for. */
const EXPANDED: Readonly<Record<string, readonly string[]>> = {
	"can't": ["can", "not"],
	cant: ["can", "not"],
	cannot: ["can", "not"],
	"won't": ["will", "not"],
	wont: ["will", "not"],
	dont: ["do", "not"],
	doesnt: ["does", "not"],
	didnt: ["did", "not"],
	isnt: ["is", "not"],
	shouldnt: ["should", "not"],
	whats: ["what", "is"],
	wats: ["what", "is"],
	wat: ["what"],
	wen: ["when"],
	y: ["why"],
	u: ["you"],
	r: ["are"],
	ur: ["your"],
	rn: ["right", "now"],
	hows: ["how", "is"],
	wheres: ["where", "is"],
	whos: ["who", "is"],
	lets: ["let", "us"],
	gimme: ["give", "me"],
	"let's": ["let", "us"],
	"i'm": ["i", "am"],
	"i'd": ["i", "would"],
};

/** Verbs that an `'s` makes a verb of; after any other word it is a possessive. */
const ASKING = new Set([
	"what",
	"how",
	"who",
	"where",
	"that",
	"it",
	"there",
	"everything",
	"anything",
	"something",
]);

/** Splits normal text into at most 400 tokens. Linear in the length of the text. */
export function tokenise(text: string): readonly Token[] {
	const tokens: Token[] = [];
	let end = 0;
	for (const match of text.matchAll(PIECES)) {
		const glued = end > 0 && match.index === end + 1 && /[-.]/.test(text[end] ?? "");
		const [first, ...more] = tokensOf(match.groups ?? {}, match[0]);
		if (first) tokens.push(glued ? { ...first, glued } : first, ...more);
		end = match.index + match[0].length;
		if (tokens.length >= 400) break;
	}
	return tokens;
}

function tokensOf(groups: Readonly<Record<string, string | undefined>>, whole: string): readonly Token[] {
	if (groups.word !== undefined) return wordTokens(groups.word);
	if (groups.number !== undefined) return [{ kind: "number", text: whole, value: Number(whole) }];
	if (groups.status !== undefined || groups.unit !== undefined) return [{ kind: "word", text: whole }];
	for (const kind of ["date", "clock", "id", "path", "quantile", "mark"] as const) {
		const text = groups[kind];
		if (text !== undefined) return [{ kind, text }];
	}
	return [];
}

function wordTokens(word: string): readonly Token[] {
	const expanded = Object.hasOwn(EXPANDED, word) ? EXPANDED[word] : undefined;
	if (expanded) return expanded.map((text) => ({ kind: "word", text }));
	if (Object.hasOwn(SPELLED, word)) return [{ kind: "number", text: word, value: SPELLED[word] ?? 0 }];
	const [stem = "", ending] = splitApostrophe(word);
	if (ending === "t" && stem.endsWith("n")) return words(stem.slice(0, -1), "not");
	if (ending === "s" && ASKING.has(stem)) return words(stem, "is");
	if (ending === "re") return words(stem, "are");
	if (ending === "ll") return words(stem, "will");
	if (ending === "ve") return words(stem, "have");
	return words(stem);
}

function splitApostrophe(word: string): readonly string[] {
	const at = word.indexOf("'");
	return at < 0 ? [word] : [word.slice(0, at), word.slice(at + 1)];
}

function words(...texts: readonly string[]): readonly Token[] {
	return texts.filter((text) => text !== "").map((text) => ({ kind: "word", text }));
}
