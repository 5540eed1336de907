import { createHash } from "node:crypto";
import { seededRandom } from "../../../models/random.ts";
import type { Candidate } from "../candidate.ts";

/** One point of 200 is an alarm of the random row. */
const RANDOM_ALARM = 0.995;

/** What no knowledge at all reaches. */
export const random: Candidate = {
	name: "random",
	source: "evenly drawn scores; 1 point of 200 is an alarm",
	score: ({ name, values }) => {
		const next = seededRandom(createHash("sha256").update(name).digest().readInt32LE());
		return Float32Array.from(values, () => next() / RANDOM_ALARM);
	},
};

/** What is reached by calling every point abnormal. */
export const alwaysOn: Candidate = {
	name: "always on",
	source: "every point is an alarm",
	score: ({ values }) => new Float32Array(values.length).fill(1),
};
