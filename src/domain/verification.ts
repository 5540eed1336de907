import type { VerificationSpec } from "./plan.ts";
import { formatDuration, formatQuantity, formatRange } from "./quantity.ts";
import type { Sample } from "./time-series.ts";

/** How a guard stands. `outside`: not long enough yet to count; `as_before`: outside as it was before the change. */
export type GuardVerdict = {
	readonly metric: string;
	readonly state: "inside" | "outside" | "worse" | "as_before" | "no_samples";
	/** Part of a sentence, without a full stop. */
	readonly reason: string;
	readonly outsideForSeconds: number;
	readonly lastValue?: number;
};

/** The judgement so far, with the reason people read. `insideForSeconds` counts the unbroken run up to now. */
export type VerificationVerdict = {
	readonly verdict: "pending" | "helped" | "not_helped" | "worse";
	readonly reason: string;
	readonly insideForSeconds: number;
	readonly lastValue?: number;
	/** Samples are missing, so that neither is shown. */
	readonly notShown?: true;
	/** Left out where nothing guards the change. */
	readonly guards?: readonly GuardVerdict[];
	/** What the metric would be by now had nothing been done, and how its value compares with that. */
	readonly doNothing?: { readonly value: number; readonly compared: "better" | "same" | "worse" };
};

/**
 * Judges whether a metric came back: it must stay inside the band for `holdSeconds` without a break, within
 * `withinSeconds` of `startedAtMs`. No samples count as outside, also where they stop for over three intervals; what
 * comes after the deadline does not count. At the deadline all of that is "not helped".
 * @param samples values since the call ended, oldest first
 */
export function judgeVerification(
	spec: VerificationSpec,
	samples: readonly Sample[],
	startedAtMs: number,
	nowMs: number,
): VerificationVerdict {
	const deadlineMs = startedAtMs + spec.withinSeconds * 1000;
	const endMs = Math.min(nowMs, deadlineMs);
	const counted = samples.filter((sample) => sample.t > startedAtMs && sample.t <= endMs);
	const last = counted.at(-1);
	const insideForMs = unbrokenRunMs(spec, counted, endMs);
	const rest = {
		insideForSeconds: insideForMs === undefined ? 0 : insideForMs / 1000,
		...(last && Number.isFinite(last.v) ? { lastValue: last.v } : {}),
	};
	const value = last && Number.isFinite(last.v) ? formatQuantity(last.v, spec.unit) : "not a number";
	const expected = `expected ${rangeText(spec)}`;
	if (insideForMs !== undefined && insideForMs >= spec.holdSeconds * 1000)
		return { verdict: "helped", reason: `${spec.metric} is back at ${value}, ${expected}`, ...rest };
	if (nowMs < deadlineMs) {
		const reason = last
			? `${spec.metric} is ${value}, ${expected}`
			: `no samples of ${spec.metric} since the change`;
		return { verdict: "pending", reason, ...rest };
	}
	const after = formatDuration(spec.withinSeconds * 1000);
	if (!last || deadlineMs - last.t > gapMsOf(spec)) {
		const what = `samples of ${spec.metric} ${last ? "stopped coming" : "came"} within ${after}`;
		const reason = `${last ? "" : "no "}${what}, so it is not shown that it helped`;
		return { verdict: "not_helped", reason, ...rest, notShown: true };
	}
	if (insideForMs === undefined)
		return {
			verdict: "not_helped",
			reason: `${spec.metric} is still ${value} after ${after}, ${expected}`,
			...rest,
		};
	const held = `${formatDuration(insideForMs)} of the ${formatDuration(spec.holdSeconds * 1000)} needed`;
	const reason = `${spec.metric} is ${value} after ${after}, but inside its band for only ${held}`;
	return { verdict: "not_helped", reason, ...rest };
}

/** A longer time without a sample is a break. */
function gapMsOf(spec: VerificationSpec): number {
	return spec.intervalSeconds * 3000;
}

/** How long the newest samples lie inside the band without a break; undefined where the newest does not. */
function unbrokenRunMs(
	spec: VerificationSpec,
	counted: readonly Sample[],
	endMs: number,
): number | undefined {
	const gapMs = gapMsOf(spec);
	let runStart: number | undefined;
	let last: Sample | undefined;
	for (const sample of counted) {
		const broken = last !== undefined && sample.t - last.t > gapMs;
		if (!(sample.v >= spec.band.low && sample.v <= spec.band.high)) runStart = undefined;
		else if (runStart === undefined || broken) runStart = sample.t;
		last = sample;
	}
	if (runStart === undefined || last === undefined || endMs - last.t > gapMs) return undefined;
	return last.t - runStart;
}

/** The band in words: one-sided bands name only the side that counts. */
export function bandText(spec: Pick<VerificationSpec, "band" | "unit">): string {
	const text = rangeText(spec);
	if (spec.band.low === spec.band.high) return `at ${text}`;
	return text.startsWith("at ") ? text : `inside ${text}`;
}

/** The band as it follows "expected" or "allowed". */
export function rangeText({ band, unit }: Pick<VerificationSpec, "band" | "unit">): string {
	const { low, high } = band;
	if (low === high) return formatQuantity(low, unit);
	if (high >= Number.MAX_SAFE_INTEGER) return `at least ${formatQuantity(low, unit)}`;
	return low <= 0 ? `at most ${formatQuantity(high, unit)}` : formatRange(low, high, unit);
}

/** What must come true for a change to count as help, in words. */
export function helpedIf(spec: VerificationSpec): string {
	return `${spec.metric} is ${bandText(spec)} for ${formatDuration(spec.holdSeconds * 1000)} within ${formatDuration(spec.withinSeconds * 1000)}`;
}
