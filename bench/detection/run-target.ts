import type { BankDetector } from "../../models/define-bank.ts";
import type { TargetDetector } from "../../models/define-target-detector.ts";
import type { LabelledService } from "./corpus/labelled-series.ts";
import { openBank } from "./run-bank.ts";

/**
 * The scores of a detector of whole targets over one service, one for each point; it is told what `streams` says of each
 * metric, as the product does. While it is not ready its scores are 0.
 */
export function runTarget(
	detector: TargetDetector,
	streams: BankDetector,
	service: LabelledService,
): Float32Array {
	const { timesMs, metrics, metricNames } = service;
	const stepSeconds = ((timesMs[1] ?? 0) - (timesMs[0] ?? 0)) / 1000;
	const bank = detector.open({ stepSeconds, sensitivity: "normal" });
	const slot = bank.add(metricNames);
	const single = openBank(streams, stepSeconds);
	const slots = metrics.map(() => single.add());
	const values = new Float64Array(metrics.length);
	const said = new Float64Array(metrics.length);
	const scores = new Float32Array(timesMs.length);
	let ready = false;
	for (const [i, atMs] of timesMs.entries()) {
		ready ||= bank.seen(slot) >= bank.needed;
		for (const [k, metric] of metrics.entries()) {
			values[k] = metric[i] ?? Number.NaN;
			said[k] = single.push(slots[k] ?? 0, values[k] ?? Number.NaN, atMs);
		}
		const score = bank.push(slot, values, atMs, said);
		scores[i] = ready ? score : 0;
	}
	return scores;
}
