/** Decides on one code point. */
export type CharTest = (codePoint: number) => boolean;

/** Where in the text a position is, for anchors and word boundaries. */
export type Anchor = "text-start" | "text-end" | "line-start" | "line-end" | "word" | "not-word";

/** A regular expression as a tree. `max` is Infinity for open repetitions. */
export type RegexNode =
	| { readonly kind: "char"; readonly test: CharTest }
	| { readonly kind: "anchor"; readonly anchor: Anchor }
	| { readonly kind: "sequence"; readonly parts: readonly RegexNode[] }
	| { readonly kind: "choice"; readonly options: readonly RegexNode[] }
	| { readonly kind: "repeat"; readonly node: RegexNode; readonly min: number; readonly max: number };

/** Flags in force at a place of the pattern: i (fold case), m (lines), s (dot takes newlines). */
type RegexFlags = { readonly i: boolean; readonly m: boolean; readonly s: boolean };

/** A place in a pattern; `flags` change as groups open and close. */
export type PatternCursor = { readonly pattern: string; at: number; flags: RegexFlags };

/** The pattern is no RE2 expression; `reason` continues "the regular expression ... ". */
export class RegexSyntaxError extends Error {
	readonly reason: string;

	constructor(reason: string) {
		super(reason);
		this.name = "RegexSyntaxError";
		this.reason = reason;
	}
}
