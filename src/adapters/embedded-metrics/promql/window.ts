/**
 * The samples of one series that a range selector sees at one step: indexes `from` up to `to` (excluded) of `times`
 * and `values`, all within (`startMs`, `endMs`]. `atMs` is the step's own time, which differs from `endMs` by the
 * offset. Reused from step to step: functions must not keep it.
 */
export type Window = {
	readonly times: Float64Array;
	readonly values: Float64Array;
	from: number;
	to: number;
	startMs: number;
	endMs: number;
	atMs: number;
};

/** A function over a window; undefined where it has no result. `argument` is its scalar at this step. */
export type WindowFunction = (window: Window, argument: number) => number | undefined;
