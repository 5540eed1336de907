import type { Candidate } from "../candidate.ts";
import { medianGapSeconds } from "../run-bank.ts";

const HOUR_SECONDS = 3600;
const SMOOTH_HOURS = 26;
/** Bands an hour wide around half an hour from now, a day and a week ago. */
const LOOK_BACK_HOURS = [23.5, 167.5];
const MULTIPLIER = 2;
const MARGIN = 0.5;
const VARIATION = 0.5;
/** A window of fewer points has no spread worth its name: a longer step gets a longer "hour". */
const LEAST_POINTS = 3;

type Window = { readonly mean: Float64Array; readonly deviation: Float64Array };

/**
 * Grafana's adaptive strategy (rules/adaptive.yml of grafana/promql-anomaly-detection), written anew over arrays: the
 * band is the hour's mean with half of it, or with twice its deviation (where it varied by half, smoothed over 26 hours),
 * or as the same hour was a day or a week ago: the widest of all. 1 is the edge of the band.
 */
export const grafanaAdaptive: Candidate = {
	name: "Grafana adaptive (like)",
	source: "rules/adaptive.yml of grafana/promql-anomaly-detection, re-implemented; the edge of the band",
	score: ({ timesMs, values }) => {
		const step = medianGapSeconds(timesMs);
		const hour = Math.max(LEAST_POINTS, Math.round(HOUR_SECONDS / step));
		const selected = values.map((value) => (value > 0 ? value : Number.NaN));
		const hourly = rolling(selected, hour);
		const lively = hourly.deviation.map((deviation, i) =>
			deviation > (hourly.mean[i] ?? 0) * VARIATION ? deviation : Number.NaN,
		);
		const smooth = rolling(lively, Math.max(hour, Math.round((SMOOTH_HOURS * HOUR_SECONDS) / step))).mean;
		const lags = LOOK_BACK_HOURS.map((hours) => Math.round((hours * HOUR_SECONDS) / step));
		return Float32Array.from(selected, (value, i) => {
			const mean = hourly.mean[i] ?? Number.NaN;
			if (Number.isNaN(value) || Number.isNaN(mean)) return 0;
			const half = Math.max(MARGIN * mean, MULTIPLIER * (smooth[i] || 0));
			const past = longTerm(hourly, lags, i);
			const low = Math.max(0, Math.min(mean - half, past.low));
			const high = Math.max(mean + half, past.high);
			const room = value > mean ? high - mean : mean - low;
			return room > 0 ? Math.abs(value - mean) / room : 0;
		});
	},
};

/** The widest of the bands that were there a day and a week ago; an empty one where neither was. */
function longTerm(hourly: Window, lags: readonly number[], i: number): { low: number; high: number } {
	const bands = lags.flatMap((lag) => {
		const mean = hourly.mean[i - lag] ?? Number.NaN;
		const half = MULTIPLIER * (hourly.deviation[i - lag] ?? Number.NaN);
		return Number.isNaN(mean + half) ? [] : [{ low: mean - half, high: mean + half }];
	});
	return {
		low: Math.min(...bands.map((band) => band.low)),
		high: Math.max(...bands.map((band) => band.high)),
	};
}

/** Mean and deviation of the numbers among the last `points` values, NaN where there is none. */
function rolling(values: Float64Array, points: number): Window {
	const mean = new Float64Array(values.length);
	const deviation = new Float64Array(values.length);
	// Sums of distances from a first value keep their digits where the level is high.
	const origin = values.find((value) => !Number.isNaN(value)) ?? 0;
	let count = 0;
	let sum = 0;
	let squares = 0;
	const add = (value: number, sign: 1 | -1) => {
		if (Number.isNaN(value)) return;
		const apart = value - origin;
		count += sign;
		sum += sign * apart;
		squares += sign * apart * apart;
	};
	for (const [i, value] of values.entries()) {
		add(value, 1);
		if (i >= points) add(values[i - points] ?? Number.NaN, -1);
		mean[i] = count === 0 ? Number.NaN : origin + sum / count;
		deviation[i] = count === 0 ? Number.NaN : Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
	}
	return { mean, deviation };
}
