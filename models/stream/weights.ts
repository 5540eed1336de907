/**
 * What each calibrated signal weighs and the score at which it is as strong as its weight; the raw sum that is the threshold.
 * Chosen on public series only, kept to round numbers; the same for every series and every run.
 */

/** Parts of a score, in the order in which a row keeps them. */
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
/** A signal is heard when it has so many values of its own: points, aggregates, shapes. */
export const WARM_POINTS = 30;
export const WARM_AGGREGATES = 100;
export const WARM_SHAPES = 30;
/** A new level counts in full from so many points on; before, by the square root. */
export const LEVEL_FULL_FROM = 800;
/** From here on the signals are heard, and from there on they alone; in between both, in shares. */
export const SIGNALS_FROM = 100;
export const SIGNALS_ALONE_FROM = 300;
/** Points after an alarm in which only a higher score counts. */
export const REST_POINTS = 120;

/** How much the threshold is moved by the one knob of a watch. */
export const SENSITIVITY = { low: 1.35, normal: 1, high: 0.75 } as const;

/** Parts that judge more than the newest value: their alarm stands while that value itself is in its band. */
export const LASTING_PARTS = [
	AGGREGATE_PART,
	SHAPE_PART,
	SHAPE_RECORD_PART,
	DRIFT_PART,
	SEASON_PART,
	SEASON_LASTING_PART,
	STUCK_PART,
] as const;
