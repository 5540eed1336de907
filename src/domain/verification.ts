import type { VerificationSpec } from "./plan.ts";
import { formatDuration, formatQuantity, formatRange } from "./quantity.ts";
import type { Sample } from "./time-series.ts";

/** The judgement so far, with the reason people read. `insideForSeconds` counts the unbroken run up to now. */
export type VerificationVerdict = {
	readonly verdict: "pending" | "helped" | "not_helped";
	readonly reason: string;
	readonly insideForSeconds: number;
	readonly lastValue?: number;
};

/**
 * Judges whether a metric came back: it must stay inside the band for `holdSeconds` without a break, within
 * `withinSeconds` of `startedAtMs`. No samples count as outside; at the deadline that is "not helped".
 * @param samples values since the call ended, oldest first
 */
export function judgeVerification(
	spec: VerificationSpec,
	samples: readonly Sample[],
	startedAtMs: number,
	nowMs: number,
): VerificationVerdict {
	const inside = (v: number) => v >= spec.band.low && v <= spec.band.high;
	let runStart: number | undefined;
	let last: Sample | undefined;
	for (const sample of samples) {
		if (sample.t <= startedAtMs || sample.t > nowMs) continue;
		const broken = last !== undefined && sample.t - last.t > spec.intervalSeconds * 3000;
		if (!inside(sample.v)) runStart = undefined;
		else if (runStart === undefined || broken) runStart = sample.t;
		last = sample;
	}
	const insideForMs = runStart === undefined || last === undefined ? 0 : last.t - runStart;
	const value = last && Number.isFinite(last.v) ? { lastValue: last.v } : {};
	const expected = `expected ${bandText(spec)}`;
	if (runStart !== undefined && insideForMs >= spec.holdSeconds * 1000) {
		return {
			verdict: "helped",
			reason: `${spec.metric} is back at ${formatQuantity(last?.v ?? Number.NaN, spec.unit)}, ${expected}`,
			insideForSeconds: insideForMs / 1000,
			...value,
		};
	}
	if (nowMs < startedAtMs + spec.withinSeconds * 1000) {
		const reason = last
			? `${spec.metric} is ${formatQuantity(last.v, spec.unit)}, ${expected}`
			: `no samples of ${spec.metric} since the change`;
		return { verdict: "pending", reason, insideForSeconds: insideForMs / 1000, ...value };
	}
	const after = formatDuration(spec.withinSeconds * 1000);
	const reason = last
		? `${spec.metric} is still ${formatQuantity(last.v, spec.unit)} after ${after}, ${expected}`
		: `no samples of ${spec.metric} came within ${after}, so it is not shown that it helped`;
	return { verdict: "not_helped", reason, insideForSeconds: insideForMs / 1000, ...value };
}

/** The band in words: one-sided bands name only the side that counts. */
export function bandText(spec: Pick<VerificationSpec, "band" | "unit">): string {
	const { low, high } = spec.band;
	if (low === high) return `at ${formatQuantity(low, spec.unit)}`;
	if (high >= Number.MAX_SAFE_INTEGER) return `at least ${formatQuantity(low, spec.unit)}`;
	if (low <= 0) return `at most ${formatQuantity(high, spec.unit)}`;
	return `inside ${formatRange(low, high, spec.unit)}`;
}

/** What must come true for a change to count as help, in words. */
export function helpedIf(spec: VerificationSpec): string {
	return `${spec.metric} is ${bandText(spec)} for ${formatDuration(spec.holdSeconds * 1000)} within ${formatDuration(spec.withinSeconds * 1000)}`;
}
