import { rankScores } from "./rank-scores.ts";

/**
 * Area under the precision-recall curve of one series as average precision: the sum over thresholds of precision
 * times gained recall, without interpolation (as scikit-learn's average_precision_score). 0-1; undefined where no
 * point from `from` on is labelled. Equal scores make one threshold.
 */
export function aucPr(
	scores: Float32Array | Float64Array,
	labels: Uint8Array,
	from: number = 0,
): number | undefined {
	let positives = 0;
	for (let i = from; i < scores.length; i += 1) positives += labels[i] ?? 0;
	if (positives === 0) return undefined;
	const ranked = rankScores([{ scores, from }]);
	let found = 0;
	let area = 0;
	let at = 0;
	for (const end of ranked.ends) {
		const before = found;
		for (; at < end; at += 1) found += labels[ranked.index[at] ?? 0] ?? 0;
		area += (found / end) * ((found - before) / positives);
	}
	return area;
}
