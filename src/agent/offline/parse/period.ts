/** A time as a question names it. Lengths and offsets are in milliseconds, moments Unix milliseconds. */
export type Period =
	| { readonly kind: "now" }
	/** Ends now. */
	| {
			readonly kind: "length";
			readonly lengthMs: number;
			readonly words: string;
			/** Said without "last": of a question about what comes it is ahead, as its end (`in 2 hours`) or as a whole. */
			readonly loose?: "end" | "whole";
	  }
	/** Still to come, from and to so long after now; the same twice for an instant. */
	| { readonly kind: "ahead"; readonly fromMs: number; readonly toMs: number; readonly words: string }
	| {
			readonly kind: "range";
			readonly startMs: number;
			readonly endMs: number;
			readonly words: string;
			/** For whole days: 0 is today. */
			readonly daysBack?: number;
			/** The wall clock of the start where the span was given by it and ends now. */
			readonly since?: string;
	  }
	| { readonly kind: "at"; readonly atMs: number; readonly words: string }
	| { readonly kind: "ago"; readonly offsetMs: number; readonly words: string }
	/** The span just before the one that is spoken of. */
	| { readonly kind: "before"; readonly offsetMs: number; readonly words: string }
	/** Looks like a time but is none: 25:99, the last 0 minutes, more than 400 days. */
	| { readonly kind: "unreadable"; readonly words: string };

/** A period and the tokens it takes up: from `at` to before `end`. */
export type PeriodMention = { readonly at: number; readonly end: number; readonly period: Period };
