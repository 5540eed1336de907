import type { Box, Point } from "./geometry.ts";
import type { Label, Upright } from "./place-labels.ts";

/** What one kind of mark adds to the picture. */
export type Drawing = {
	/** XML, in the order of painting. */
	readonly shapes: string;
	/** Labels without a place yet, the most wanted first. */
	readonly labels?: readonly Label[];
	/** What no label may touch. */
	readonly solids?: readonly Box[];
	/** Lines that labels shy away from, as runs of joined points. */
	readonly lines?: readonly (readonly (readonly Point[])[])[];
	readonly uprights?: readonly Upright[];
};

/** A chart without this mark. */
export const NOTHING: Drawing = { shapes: "" };
