import type { Candidate } from "../candidate.ts";
import { netdataFeatures } from "./netdata-features.ts";
import { meanDistance, type TwoMeans, trainTwoMeans } from "./two-means.ts";

const MODELS = 18;
/** Netdata trains every 3 hours on the last 6; at a step of minutes that is too little, so a day and half a day here. */
const TRAIN_POINTS = 288;
const TRAIN_EVERY = 144;
/** The dimension anomaly score threshold. */
const ANOMALOUS = 0.99;

/**
 * Netdata's machine learning (src/ml of netdata/netdata), re-implemented: 18 models of k-means with two centres, each of
 * another stretch of the past; a point is anomalous only if all say so, so the score is that of the mildest model.
 */
export const netdata: Candidate = {
	name: "Netdata (like)",
	source: "src/ml of netdata/netdata, re-implemented; all 18 models at 99 %, trained a day each half day",
	score: ({ values }) => {
		const rows = netdataFeatures(values);
		const models: TwoMeans[] = [];
		const scores = new Float32Array(values.length);
		for (let i = 0; i < values.length; i += 1) {
			if (i >= TRAIN_POINTS && i % TRAIN_EVERY === 0) {
				models.push(trainTwoMeans(rows, i - TRAIN_POINTS, i));
				if (models.length > MODELS) models.shift();
			}
			if (models.length > 0) scores[i] = mildest(models, rows, i);
		}
		return scores;
	},
};

function mildest(models: readonly TwoMeans[], rows: Float64Array, row: number): number {
	let least = Number.POSITIVE_INFINITY;
	for (const model of models) {
		const range = model.largest - model.least;
		const above = meanDistance(rows, row, model.centres) - model.least;
		// A model of a constant stretch has no range: whatever differs from it is anomalous.
		const score = range > 0 ? above / range : Number(above > 0);
		if (score <= 0) return 0;
		least = Math.min(least, score);
	}
	return least / ANOMALOUS;
}
