import { splitTypedWords } from "../lib/split-typed-words.ts";

/** A sentence in which settings, documents and commands stand out as what is typed. */
export function TypedWords({ text }: { readonly text: string }) {
	return splitTypedWords(text).map(({ start, text: words, typed }) =>
		typed ? <code key={start}>{words}</code> : words,
	);
}
