import type { Labels } from "../../../domain/time-series.ts";
import type { Matcher } from "./compile-matcher.ts";

/** Samples of one series, oldest first; a stale marker is the NaN of `stale-marker.ts`. */
export type SampleBlock = { readonly times: Float64Array; readonly values: Float64Array };

/** One stored series. `read` gives its samples within (`afterMs`, `untilMs`]. */
export type ReadableSeries = {
	readonly labels: Labels;
	read(afterMs: number, untilMs: number): SampleBlock;
};

/** Where an evaluation gets its series from; they come in a stable order. */
export type SampleReader = { select(matchers: readonly Matcher[]): readonly ReadableSeries[] };
