import type { Candidate } from "../candidate.ts";

const SIGMAS = 3;
/** Points before which nothing is said. */
const NEEDED = 30;

/** Distance from the mean of all values before, in their standard deviation (Welford 1962); three is an alarm. */
export const zScore: Candidate = {
	name: "z-score",
	source: "running mean and deviation of all points before; 3 deviations",
	score: ({ values }) => {
		const scores = new Float32Array(values.length);
		let count = 0;
		let mean = 0;
		let squares = 0;
		for (const [i, value] of values.entries()) {
			if (!Number.isFinite(value)) continue;
			const deviation = Math.sqrt(squares / Math.max(1, count));
			if (count >= NEEDED && deviation > 0) scores[i] = Math.abs(value - mean) / deviation / SIGMAS;
			count += 1;
			const apart = value - mean;
			mean += apart / count;
			squares += apart * (value - mean);
		}
		return scores;
	},
};
