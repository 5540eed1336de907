import type { Forest, ForestModel } from "../../../models/define-forest.ts";
import type { Candidate, Scores } from "../candidate.ts";
import { ROLLING_FEATURES, rollingFeatures } from "./rolling-features.ts";

const TREES = 100;
const SAMPLE = 256;
const TRAIN_EVERY = 2048;
const TRAIN_ROWS = 2048;
const FIRST_TRAINED = 512;
/** Liu et al. (2008) call points with a score much above one half anomalies. */
const ANOMALOUS = 0.6;

/** An Isolation Forest on 18 rolling features of one series, trained anew each 2,048 points on the 2,048 before. */
export function isolationForest18(forest: Forest): Candidate {
	return {
		name: `${forest.name} on 18 features`,
		source: "Liu et al. 2008, 100 trees, trained on the last 2,048 points each 2,048; score .6",
		slow: true,
		score: async ({ timesMs, values }): Promise<Scores> => {
			const rows = rollingFeatures(timesMs, values);
			const scores = new Float32Array(values.length);
			for (let from = FIRST_TRAINED; from < values.length; ) {
				const model = await train(forest, rows, from);
				const to = Math.min(values.length, Math.floor(from / TRAIN_EVERY + 1) * TRAIN_EVERY);
				const block = rows.subarray(from * ROLLING_FEATURES, to * ROLLING_FEATURES);
				const said = model?.predict(block) ?? new Float64Array();
				for (const [i, score] of said.entries()) scores[from + i] = score / ANOMALOUS;
				from = to;
			}
			return scores;
		},
	};
}

async function train(forest: Forest, rows: Float32Array, before: number): Promise<ForestModel | undefined> {
	const first = Math.max(0, before - TRAIN_ROWS);
	const values = rows.slice(first * ROLLING_FEATURES, before * ROLLING_FEATURES);
	const options = { seed: before, trees: TREES, sample: SAMPLE };
	return forest.open(await forest.train({ values, columns: ROLLING_FEATURES }, options));
}
