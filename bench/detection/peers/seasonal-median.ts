import type { Candidate } from "../candidate.ts";
import { medianGapSeconds } from "../run-bank.ts";

const DAYS = 14;
/** Days before which nothing is said of an hour. */
const NEEDED_DAYS = 3;
const SIGMAS = 3;
const MAD_SCALE = 1.4826;
const DAY_SECONDS = 86_400;

/** Distance from the median of the same time on up to 14 days before, in their scaled median absolute deviation. */
export const seasonalMedian: Candidate = {
	name: "seasonal median + MAD",
	source: "same time of day on 14 days before (Leys et al. 2013 for the spread); 3 deviations",
	score: ({ timesMs, values }) => {
		const perDay = Math.max(1, Math.round(DAY_SECONDS / medianGapSeconds(timesMs)));
		const slots = Array.from({ length: perDay }, () => [] as number[]);
		const scores = new Float32Array(values.length);
		for (const [i, value] of values.entries()) {
			if (!Number.isFinite(value)) continue;
			const share = (((timesMs[i] ?? 0) / 1000) % DAY_SECONDS) / DAY_SECONDS;
			const before = slots[Math.floor(share * perDay)] ?? [];
			if (before.length >= NEEDED_DAYS) {
				const usual = median(before);
				const spread = MAD_SCALE * median(before.map((one) => Math.abs(one - usual)));
				// A spread of 0 would make every other value infinite; a thousandth of the level stands in.
				scores[i] = Math.abs(value - usual) / Math.max(spread, Math.abs(usual) / 1000, 1e-9) / SIGMAS;
			}
			before.push(value);
			if (before.length > DAYS) before.shift();
		}
		return scores;
	},
};

function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length >> 1;
	const upper = sorted[middle] ?? 0;
	return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}
