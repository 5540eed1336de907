import type { GuardSpec } from "./plan.ts";
import { formatDuration, formatQuantity } from "./quantity.ts";
import type { Sample } from "./time-series.ts";
import { type GuardVerdict, rangeText } from "./verification.ts";

/** A guard with its samples from some minutes before the change on, oldest first. */
export type WatchedGuard = {
	readonly guard: GuardSpec;
	readonly samples: readonly Sample[];
	/** The step they were read at, > 0; over three of them without a sample is a break. */
	readonly stepSeconds: number;
};

/** Outside as before the change, up to twice as far: the change did not do it. */
const AS_BEFORE = 2;

/**
 * Judges each guard by its samples up to `nowMs`: outside its band for `forSeconds` on end since the change is `worse`,
 * and stays so. One that was outside on the same side already, at most half as far, counts only once it came back in
 * between. Values that are no number count as missing, and no samples never as worse. Pure.
 */
export function judgeGuards(
	guards: readonly WatchedGuard[],
	startedAtMs: number,
	nowMs: number,
): readonly GuardVerdict[] {
	return guards.map((watched) => judgeGuard(watched, startedAtMs, nowMs));
}

function judgeGuard({ guard, samples, stepSeconds }: WatchedGuard, startedAtMs: number, nowMs: number) {
	const { metric, unit } = guard;
	const known = samples.filter((sample) => Number.isFinite(sample.v) && sample.t <= nowMs);
	const gapMs = stepSeconds * 3000;
	let before = outsideBefore(guard, known, startedAtMs);
	let run: { readonly fromMs: number; readonly untilMs: number } | undefined;
	let last: Sample | undefined;
	for (const sample of known.filter(({ t }) => t > startedAtMs)) {
		const excess = excessOf(guard, sample.v);
		if (excess === 0) before = undefined;
		const same = before !== undefined && Math.sign(before) === Math.sign(excess);
		const byChange = excess !== 0 && !(same && Math.abs(excess) <= AS_BEFORE * Math.abs(before ?? 0));
		const goesOn = run !== undefined && sample.t - run.untilMs <= gapMs;
		run = byChange ? { fromMs: goesOn && run ? run.fromMs : sample.t, untilMs: sample.t } : undefined;
		last = sample;
		if (run && run.untilMs - run.fromMs >= guard.forSeconds * 1000) break;
	}
	const outsideForMs = run ? run.untilMs - run.fromMs : 0;
	const verdict = (state: GuardVerdict["state"], reason: string): GuardVerdict => ({
		metric,
		state,
		reason,
		outsideForSeconds: outsideForMs / 1000,
		...(last ? { lastValue: last.v } : {}),
	});
	if (!last) return verdict("no_samples", `no samples of ${metric} since the change`);
	const value = formatQuantity(last.v, unit);
	const allowed = `allowed ${rangeText(guard)}`;
	if (run && outsideForMs >= guard.forSeconds * 1000) {
		const span = outsideForMs > 0 ? `has been ${value} for ${formatDuration(outsideForMs)}` : `is ${value}`;
		return verdict("worse", `${metric} ${span} since the change, ${allowed}`);
	}
	if (nowMs - last.t > gapMs) return verdict("no_samples", `samples of ${metric} stopped coming`);
	if (run) return verdict("outside", `${metric} is ${value}, ${allowed}`);
	return excessOf(guard, last.v) === 0
		? verdict("inside", `${metric} is ${value}, ${allowed}`)
		: verdict("as_before", `${metric} is ${value}, outside as it was before the change`);
}

/** How far outside a guard stood just before the change, the most within its unbroken run; undefined where inside. */
function outsideBefore(guard: GuardSpec, known: readonly Sample[], startedAtMs: number): number | undefined {
	let most: number | undefined;
	for (const { v } of known.filter(({ t }) => t <= startedAtMs).toReversed()) {
		const excess = excessOf(guard, v);
		if (excess === 0 || (most !== undefined && Math.sign(excess) !== Math.sign(most))) break;
		if (most === undefined || Math.abs(excess) > Math.abs(most)) most = excess;
	}
	return most;
}

/** How far outside its band a value lies: negative below, positive above, 0 inside. */
function excessOf({ band }: GuardSpec, v: number): number {
	if (v > band.high) return v - band.high;
	return v < band.low ? v - band.low : 0;
}
