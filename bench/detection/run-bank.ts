import type { Bank, BankDetector, BankOptions } from "../../models/define-bank.ts";

/** What the benchmark tells every detector beside the step: nothing about any series. */
const OPTIONS: Omit<BankOptions, "stepSeconds"> = {
	direction: "both",
	minimumChange: 0,
	sensitivity: "normal",
};

/**
 * The scores of a detector over one series, one for each point. While the detector is not ready its scores are 0, for
 * then nothing may be reported.
 */
export function runBank(
	detector: BankDetector,
	timesMs: Float64Array,
	values: Float64Array,
	stepSeconds: number = medianGapSeconds(timesMs),
): Float32Array {
	const bank = openBank(detector, stepSeconds);
	const slot = bank.add();
	const scores = new Float32Array(values.length);
	let ready = false;
	for (let i = 0; i < values.length; i += 1) {
		ready ||= bank.seen(slot) >= bank.needed;
		const score = bank.push(slot, values[i] ?? Number.NaN, timesMs[i] ?? Number.NaN);
		scores[i] = ready ? score : 0;
	}
	return scores;
}

/** An empty bank, told the same for every series. */
export function openBank(detector: BankDetector, stepSeconds: number): Bank {
	return detector.open({ ...OPTIONS, stepSeconds });
}

/** The usual step of a series: the median of the gaps that go forward; 60 where there is none. */
export function medianGapSeconds(timesMs: Float64Array): number {
	const gaps = new Float64Array(Math.max(0, timesMs.length - 1));
	let kept = 0;
	for (let i = 1; i < timesMs.length; i += 1) {
		const gap = (timesMs[i] ?? 0) - (timesMs[i - 1] ?? 0);
		if (!(gap > 0)) continue;
		gaps[kept] = gap;
		kept += 1;
	}
	const sorted = gaps.subarray(0, kept).toSorted();
	return (sorted[kept >> 1] ?? 60_000) / 1000;
}
