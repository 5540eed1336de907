import type { Anomaly, Band } from "../../src/domain/anomaly.ts";
import type { Sample } from "../../src/domain/time-series.ts";
import type { Watch } from "../../src/domain/watch.ts";
import { finiteSamples, percentile } from "../metrics/series-stats.ts";

/** What another quantity of the target did while the first one left its band. Values are in the watch's unit. */
export type Movement = {
	readonly watch: Watch;
	readonly moved: "no" | "up" | "down" | "not known";
	/** The middle of its values since then. */
	readonly value?: number;
	readonly band?: Band;
	/** When it left its own band, if it did. */
	readonly atMs?: number;
	readonly query: string;
};

/**
 * Judges whether a quantity moved at the time of another: by its own finding, else by its band, else by whether its
 * middle shifted by more than its noise and more than anybody minds. Fewer than three values on either side: not known.
 */
export function judgeMovement(input: {
	readonly watch: Watch;
	readonly samples: readonly Sample[];
	readonly sinceMs: number;
	readonly band?: Band;
	readonly anomaly?: Anomaly;
}): Movement {
	const { watch, sinceMs, band, anomaly } = input;
	const finite = finiteSamples(input.samples);
	const after = finite.filter((sample) => sample.t >= sinceMs);
	const before = finite.filter((sample) => sample.t < sinceMs);
	const now = percentile(after, 50);
	const known = {
		watch,
		query: watch.query,
		...(band ? { band } : {}),
		...(now === undefined ? {} : { value: now }),
	};
	if (anomaly) {
		const up = anomaly.peak >= (anomaly.band.low + anomaly.band.high) / 2;
		return { ...known, band: anomaly.band, moved: up ? "up" : "down", atMs: anomaly.outsideSinceMs };
	}
	if (now === undefined || after.length < 3) return { ...known, moved: "not known" };
	if (band) {
		const outside = after.filter((sample) => sample.v > band.high || sample.v < band.low);
		if (outside.length * 10 <= after.length) return { ...known, moved: "no" };
		return { ...known, moved: now >= (band.low + band.high) / 2 ? "up" : "down" };
	}
	const usual = percentile(before, 50);
	if (usual === undefined || before.length < 3) return { ...known, moved: "not known" };
	const noise = percentile(
		before.map((sample) => ({ t: sample.t, v: Math.abs(sample.v - usual) })),
		50,
	);
	const shift = now - usual;
	if (Math.abs(shift) <= Math.max(watch.minimumChange, 4 * (noise ?? 0))) return { ...known, moved: "no" };
	return { ...known, moved: shift > 0 ? "up" : "down" };
}
