import type { Sample } from "../../src/domain/time-series.ts";
import { fitLinearTrend, trendAt } from "./forecast-linear-fit.ts";

const FEWEST = 4;

/**
 * Whether the straight trend of the earlier part of a series foretold its newest part better than its median did: the
 * newest part is as long as what is to be forecast, or a third of the history. Samples are finite and in order. False
 * where either part is too short to tell.
 */
export function trendForetold(samples: readonly Sample[], horizonMs: number): boolean {
	const [oldest, newest] = [samples[0], samples.at(-1)];
	if (!oldest || !newest) return false;
	const cutMs = newest.t - Math.min(horizonMs, (newest.t - oldest.t) / 3);
	const cut = samples.findIndex(({ t }) => t > cutMs);
	const [before, after] = [samples.slice(0, cut), samples.slice(cut)];
	const trend = fitLinearTrend(before);
	if (!trend || cut < FEWEST || after.length < FEWEST) return false;
	const values = Float64Array.from(before, ({ v }) => v).toSorted();
	const middle = values[values.length >> 1] ?? 0;
	let [ofTrend, ofMiddle] = [0, 0];
	for (const { t, v } of after) {
		ofTrend += Math.abs(v - trendAt(trend, t));
		ofMiddle += Math.abs(v - middle);
	}
	return ofTrend < ofMiddle;
}
