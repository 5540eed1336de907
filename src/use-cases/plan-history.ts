import type { Span } from "../domain/time-series.ts";

/** How far back a watch without state learns. */
const HISTORY_MS = 7 * 86_400_000;
/** Steps that are learned at the watch's own interval in any case: a day of minutes. */
const NEWEST_STEPS = 1440;
/** Steps that are made good after a change of owner, counted back from now. */
const MOST_MISSED_STEPS = 240;
/** Samples that are learned in all, and in one piece: a piece is one answer in memory. */
const MOST_SAMPLES = 2_000_000;
const PIECE_SAMPLES = 20_000;
const MOST_PIECE_STEPS = 500;
/** From so many series on, each step is asked by itself and read as it comes. */
const STREAMED_FROM_SERIES = 5000;
/** Chunks of one state were saved within this time. */
const SAVED_WITHIN_MS = 120_000;
/**
 * How coarse older steps may be, finest first. An hour of the day is known by one and a half of its full visits: in 7 days
 * steps of up to 4 intervals give those, and coarser ones give none, which a replay of noise with a daily curve confirms.
 */
const COARSENESS = [1, 2, 4];

/** A stretch of the past that is learned in even steps, both ends inclusive. `pieceSteps` at least 1. */
export type HistoryPart = Span & { readonly pieceSteps: number };

/** The part of the past that is still to be learned, oldest first; the last part is the newest. */
export type HistoryPlan = {
	readonly parts: readonly HistoryPart[];
	readonly streamed: boolean;
	/** The part that is being learned, and where its next piece begins. */
	part: number;
	atMs: number;
};

type Asked = {
	readonly intervalMs: number;
	/** Points that the detector needs. */
	readonly needed: number;
	/** How many series the query gives now. */
	readonly seriesCount: number;
	/** When the newest value was learned that is known; undefined without state. */
	readonly newestMs: number | undefined;
	readonly nowMs: number;
};

/**
 * What to learn before a watch goes live: for one without state up to 7 days, else what was missed since it was saved.
 * Older steps are coarser where 7 days would be too many samples; where that does not do either, it is fewer days. Undefined
 * where there is nothing. Pure.
 */
export function planHistory(asked: Asked): HistoryPlan | undefined {
	const { intervalMs, needed, seriesCount, newestMs, nowMs } = asked;
	const endMs = nowMs - intervalMs;
	if (seriesCount === 0) return undefined;
	const affordable = Math.max(needed, Math.floor(MOST_SAMPLES / seriesCount));
	const streamed = seriesCount >= STREAMED_FROM_SERIES;
	const pieceSteps = streamed
		? 1
		: Math.min(MOST_PIECE_STEPS, Math.max(1, Math.floor(PIECE_SAMPLES / seriesCount)));
	const newest = (steps: number) => ({
		startMs: endMs - (steps - 1) * intervalMs,
		endMs,
		stepMs: intervalMs,
		pieceSteps,
	});
	if (newestMs !== undefined) {
		const savedMs = newestMs + intervalMs - Math.ceil(SAVED_WITHIN_MS / intervalMs) * intervalMs;
		const missed = newest(Math.min(MOST_MISSED_STEPS, affordable));
		const startMs = Math.max(savedMs, missed.startMs);
		if (newestMs >= endMs || startMs > endMs) return undefined;
		return begun([{ ...missed, startMs }], streamed);
	}
	const recent = newest(Math.min(NEWEST_STEPS, affordable));
	return begun([...olderParts(recent, intervalMs, affordable), recent], streamed);
}

function olderParts(recent: HistoryPart, intervalMs: number, affordable: number): readonly HistoryPart[] {
	const left = affordable - NEWEST_STEPS;
	const wanted = Math.ceil(HISTORY_MS / intervalMs) - NEWEST_STEPS;
	if (left <= 0 || wanted <= 0) return [];
	const times = COARSENESS.find((one) => Math.ceil(wanted / one) <= left) ?? 1;
	const steps = Math.min(left, Math.ceil(wanted / times));
	const stepMs = intervalMs * times;
	const endMs = recent.startMs - intervalMs;
	return [{ ...recent, startMs: endMs - (steps - 1) * stepMs, endMs, stepMs }];
}

function begun(parts: readonly HistoryPart[], streamed: boolean): HistoryPlan {
	return { parts, streamed, part: 0, atMs: parts[0]?.startMs ?? 0 };
}

/** Passes over all that is older than this, where the data begin there. */
export function beginAt(plan: HistoryPlan, beginMs: number): void {
	for (let part = plan.parts[plan.part]; part && beginMs > part.endMs; part = plan.parts[plan.part]) {
		if (plan.part === plan.parts.length - 1) break;
		nextPart(plan);
	}
	const part = plan.parts[plan.part];
	if (!part || beginMs <= plan.atMs) return;
	const steps = Math.floor((Math.min(beginMs, part.endMs) - plan.atMs) / part.stepMs);
	plan.atMs += steps * part.stepMs;
}

/** Goes on with the next part; false where there is none. */
export function nextPart(plan: HistoryPlan): boolean {
	plan.part += 1;
	plan.atMs = plan.parts[plan.part]?.startMs ?? plan.atMs;
	return plan.part < plan.parts.length;
}

/** Whether what is being learned is older than the newest part. */
export function isOlder({ parts, part }: HistoryPlan): boolean {
	return part < parts.length - 1;
}

/** The share of all steps that are learned or passed over: 0 to 1. */
export function historyProgress({ parts, part, atMs }: HistoryPlan): number {
	let done = 0;
	let all = 0;
	for (const [index, { startMs, endMs, stepMs }] of parts.entries()) {
		const steps = (endMs - startMs) / stepMs + 1;
		all += steps;
		if (index < part) done += steps;
		else if (index === part) done += Math.min(steps, (atMs - startMs) / stepMs);
	}
	return all === 0 ? 1 : done / all;
}
