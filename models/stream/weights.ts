/**
 * What each calibrated signal weighs and the score at which it is as strong as its weight; the raw sum that is the threshold.
 * Chosen on public series only, kept to round numbers; the same for every series and every run.
 */

/** Parts of a score, in the order in which a row keeps them. */
export const PART_NAMES = [
	"level",
	"aggregate",
	"shape",
	"shape-record",
	"drift",
	"change",
	"season",
	"season-lasting",
	"stuck",
	"band",
] as const;

export const LEVEL_PART = 0;
export const AGGREGATE_PART = 1;
export const SHAPE_PART = 2;
export const SHAPE_RECORD_PART = 3;
export const DRIFT_PART = 4;
export const CHANGE_PART = 5;
export const SEASON_PART = 6;
export const SEASON_LASTING_PART = 7;
export const STUCK_PART = 8;
/** While the other signals are not warm: how far the value is outside of a robust band. */
export const BAND_PART = 9;

export const WEIGHTS = Float64Array.of(0.5, 1, 0.5, 0.5, 1, 0.25, 0.25, 1, 1, 1);
export const SCALES = Float64Array.of(0.17, 0.285, 2.75, 1.07, 1, 2, 2, 3, 1, 1);
/** A signal counts as no more than so many times its scale. */
export const CLIP = 6;
/** The sum of the parts that is a score of 1. */
export const THRESHOLD = 2.4;
/** Signals need so many points of their own before they are heard. */
export const WARM = 30;
/** From here on the signals are heard, and from there on they alone; in between both, in shares. */
export const SIGNALS_FROM = 100;
export const SIGNALS_ALONE_FROM = 300;
/** Points after an alarm in which only a higher score counts. */
export const REST_POINTS = 120;

/** How much the threshold is moved by the one knob of a watch. */
export const SENSITIVITY = { low: 1.35, normal: 1, high: 0.75 } as const;
