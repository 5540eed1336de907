import type { Target } from "../../../../skills/metrics/target.ts";
import { isTypoOf } from "../../../domain/edit-distance.ts";
import { COMMON_WORDS } from "./common-words.ts";
import type { Concept } from "./concept.ts";
import { SYNONYMS } from "./synonyms.ts";
import { type Token, tokenise } from "./tokenise.ts";

/** A target as a question names it. `typo`: close enough to be sure; `unsure`: only near, so it must be asked. */
export type Mention = {
	readonly target: Target;
	readonly certainty: "exact" | "general" | "typo" | "unsure";
	readonly said: string;
};

/** One or more tokens and what they mean, if anything. `at` is the index of the first token. */
export type Mark = {
	readonly at: number;
	readonly tokens: readonly Token[];
	readonly text: string;
	readonly concept?: Concept;
	/** The word is only near to one of the concept's. */
	readonly guessed?: true;
	readonly mention?: Mention;
	/** A word that is neither understood nor common: perhaps a name. */
	readonly unknown?: boolean;
};

/** Words that mean the host where there is only one, besides the aliases of the inventory. */
export const HOST_WORDS = [
	..."host|machine|box|server|hostname|computer|node|vm|laptop|instance|localhost|this machine|this box".split(
		"|",
	),
	..."this host|this server|this computer|the machine|the box|the host|the server|local machine".split("|"),
];

type Phrase = { readonly words: readonly string[] } & (
	| { readonly concept: Concept }
	| { readonly target: Target; readonly general: boolean }
);

const CONCEPTS = indexByFirst(
	Object.entries(SYNONYMS).flatMap(([concept, phrases]) =>
		(phrases ?? []).map((phrase) => ({ words: phrase.split(" "), concept: concept as Concept })),
	),
);
const SINGLE_WORDS: readonly (readonly [string, Concept])[] = Object.entries(SYNONYMS).flatMap(
	([concept, phrases]) =>
		(phrases ?? [])
			.filter((phrase) => phrase.length >= 3 && /^[a-z]+$/.test(phrase))
			.map((phrase) => [phrase, concept as Concept] as const),
);

/** Finds targets, concepts and typing mistakes in the tokens: the longest phrase wins, then a name, then a concept. */
export function markWords(tokens: readonly Token[], targets: readonly Target[]): readonly Mark[] {
	const names = indexByFirst(targetPhrases(targets));
	const marks: Mark[] = [];
	for (let at = 0; at < tokens.length; ) {
		const found = longest(tokens, at, names, CONCEPTS);
		const compound = compoundAt(tokens, at, names);
		const whole = compound.length > Math.max(1, found?.words.length ?? 1);
		const span = whole ? compound : tokens.slice(at, at + (found?.words.length ?? 1));
		const text = span.map((token) => token.text).join(whole ? "-" : " ");
		marks.push({ at, tokens: span, text, ...meaningOf(whole ? undefined : found, text, span, targets) });
		at += span.length;
	}
	return marks;
}

/**
 * Tokens written as one word that hold a name or a word nobody knows are one name: `checkout-v9` is not `checkout`.
 * Empty where nothing is written together.
 */
function compoundAt(
	tokens: readonly Token[],
	at: number,
	names: ReadonlyMap<string, readonly Phrase[]>,
): readonly Token[] {
	let end = at + 1;
	while (tokens[end]?.glued) end += 1;
	const run = tokens.slice(at, end);
	if (run.length < 2) return [];
	const isName = run.some((_, offset) => {
		const found = longest(run, offset, names);
		const text = run[offset]?.text ?? "";
		const known = COMMON_WORDS.has(text) || longest(run, offset, CONCEPTS) !== undefined;
		return found !== undefined || (run[offset]?.kind === "word" && text.length >= 3 && !known);
	});
	return isName ? run : [];
}

function meaningOf(
	found: Phrase | undefined,
	text: string,
	span: readonly Token[],
	targets: readonly Target[],
): Partial<Mark> {
	if (found && "target" in found)
		return { mention: { target: found.target, certainty: found.general ? "general" : "exact", said: text } };
	if (found) {
		// A service may be called by a word that is otherwise out of reach: "billing" of "billing-api".
		const name = found.concept.startsWith("unsupported:") ? nearestTarget(text, targets) : undefined;
		return name ? { mention: { ...name, certainty: "unsure" } } : { concept: found.concept };
	}
	if (span[0]?.kind !== "word" || COMMON_WORDS.has(text) || text.length < 3) return {};
	const name = nearestTarget(text, targets);
	if (name?.certainty === "typo") return { mention: name };
	const concept = SINGLE_WORDS.find(([word]) => isTypoOf(text, word));
	if (concept) return { concept: concept[1], guessed: true };
	return name ? { mention: name } : { unknown: true };
}

/** The target whose name is nearest to a word nobody knows, if one is near at all and no other as near. */
function nearestTarget(said: string, targets: readonly Target[]): Mention | undefined {
	// Names are often numbered: another number is another target, not a slip.
	const numbers = digitsOf(said);
	const close = targets.filter((target) =>
		namesOf(target).some((name) => digitsOf(name) === numbers && isTypoOf(said, name)),
	);
	const [only] = close;
	if (only && close.length === 1) return { target: only, certainty: "typo", said };
	const part = targets.filter((target) =>
		namesOf(target).some(
			(name) => said.length >= 3 && (name.startsWith(said) || (name.length >= 4 && said.startsWith(name))),
		),
	);
	const near = close[0] ?? part[0];
	return near ? { target: near, certainty: "unsure", said } : undefined;
}

function digitsOf(text: string): string {
	return text.replaceAll(/\D+/g, " ").trim();
}

function namesOf(target: Target): readonly string[] {
	return [target.name.toLowerCase(), ...target.aliases.filter((alias) => !HOST_WORDS.includes(alias))];
}

function targetPhrases(targets: readonly Target[]): Phrase[] {
	const hosts = targets.filter((target) => target.kind === "host");
	const [host] = hosts;
	const general = host
		? HOST_WORDS.map((word) => ({ words: word.split(" "), target: host, general: true }))
		: [];
	const named = targets.flatMap((target) =>
		[target.name, ...target.aliases].map((name) => ({
			words: tokenise(name.toLowerCase()).map((token) => token.text),
			target,
			general: HOST_WORDS.includes(name.toLowerCase()),
		})),
	);
	return [...named, ...general].filter((phrase) => phrase.words.length > 0);
}

function indexByFirst(phrases: readonly Phrase[]): ReadonlyMap<string, readonly Phrase[]> {
	const index = new Map<string, Phrase[]>();
	for (const phrase of phrases) {
		const first = phrase.words[0] ?? "";
		index.set(first, [...(index.get(first) ?? []), phrase]);
	}
	return index;
}

function longest(
	tokens: readonly Token[],
	at: number,
	...indexes: readonly ReadonlyMap<string, readonly Phrase[]>[]
): Phrase | undefined {
	const candidates = indexes.flatMap((index) => index.get(tokens[at]?.text ?? "") ?? []);
	let best: Phrase | undefined;
	for (const phrase of candidates) {
		const fits = phrase.words.every((word, offset) => tokens[at + offset]?.text === word);
		if (fits && phrase.words.length > (best?.words.length ?? 0)) best = phrase;
	}
	return best;
}
