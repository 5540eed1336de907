import type { TargetDetector } from "../../models/define-target-detector.ts";
import type { LabelledService } from "./corpus/labelled-series.ts";
import type { ServiceScores } from "./evaluate/services.ts";
import { medianGapSeconds } from "./run-bank.ts";

/**
 * What a detector of whole targets says of one service, point by point. `single` is what a detector of single series
 * said of each metric. While the detector is not ready its scores are 0.
 */
export function runTarget(
	detector: TargetDetector,
	single: readonly Float32Array[],
	service: LabelledService,
): ServiceScores {
	const { timesMs, metrics, metricNames } = service;
	const bank = detector.open({ stepSeconds: medianGapSeconds(timesMs), sensitivity: "normal" });
	const slot = bank.add(metricNames);
	const values = new Float64Array(metrics.length);
	const said = new Float64Array(metrics.length);
	const scores = new Float32Array(timesMs.length);
	const outside = new Uint8Array(timesMs.length);
	let ready = false;
	for (const [i, atMs] of timesMs.entries()) {
		ready ||= bank.seen(slot) >= bank.needed;
		for (const [k, metric] of metrics.entries()) {
			values[k] = metric[i] ?? Number.NaN;
			said[k] = single[k]?.[i] ?? 0;
		}
		const score = bank.push(slot, values, atMs, said);
		scores[i] = ready ? score : 0;
		outside[i] = ready && bank.judgement(slot).outside ? 1 : 0;
	}
	return { scores, outside };
}
