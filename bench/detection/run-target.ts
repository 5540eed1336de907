import type { TargetDetector } from "../../models/define-target-detector.ts";
import type { LabelledService } from "./corpus/labelled-series.ts";
import { medianGapSeconds } from "./run-bank.ts";

/**
 * The scores of a detector of whole targets over one service, one for each point. `single` is what a detector of single
 * series said of each metric, point by point. While the detector is not ready its scores are 0.
 */
export function runTarget(
	detector: TargetDetector,
	single: readonly Float32Array[],
	service: LabelledService,
): Float32Array {
	const { timesMs, metrics, metricNames } = service;
	const bank = detector.open({ stepSeconds: medianGapSeconds(timesMs), sensitivity: "normal" });
	const slot = bank.add(metricNames);
	const values = new Float64Array(metrics.length);
	const said = new Float64Array(metrics.length);
	const scores = new Float32Array(timesMs.length);
	let ready = false;
	for (const [i, atMs] of timesMs.entries()) {
		ready ||= bank.seen(slot) >= bank.needed;
		for (const [k, metric] of metrics.entries()) {
			values[k] = metric[i] ?? Number.NaN;
			said[k] = single[k]?.[i] ?? 0;
		}
		const score = bank.push(slot, values, atMs, said);
		scores[i] = ready ? score : 0;
	}
	return scores;
}
