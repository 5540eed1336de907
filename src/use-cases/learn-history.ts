import { setImmediate as nextTurn } from "node:timers/promises";
import type { MetricsSource } from "../ports/metrics-source.ts";
import { instantsOf } from "./instants-of.ts";
import { learnValue } from "./judge-values.ts";
import type { WatchState } from "./watch-state.ts";

/** Steps that a watch without state learns from: a day of minutes. */
const MOST_STEPS = 1440;
/** Steps that are made good after a change of owner, counted back from now. */
const MOST_MISSED_STEPS = 240;
/** Samples that are learned in all, and in one piece: a piece is one answer in memory. */
const MOST_SAMPLES = 2_000_000;
const PIECE_SAMPLES = 20_000;
const MOST_PIECE_STEPS = 200;
/** From so many series on, each step is asked by itself and read as it comes. */
const STREAMED_FROM_SERIES = 5000;
/** Chunks of one state were saved within this time. */
const SAVED_WITHIN_MS = 120_000;
const SLICE = 2000;
const TIMEOUT_MS = 10_000;

/** The part of the past that is still to be learned. `pieceSteps` at least 1. */
export type HistoryPlan = {
	readonly startMs: number;
	readonly endMs: number;
	readonly stepMs: number;
	readonly pieceSteps: number;
	readonly streamed: boolean;
	/** Where the next piece begins. */
	atMs: number;
};

/**
 * What to learn before a watch goes live: for one without state up to a day of minutes, else what was missed since it
 * was saved. Undefined where there is nothing. Pure.
 * @param seriesCount how many series the query gives now
 */
export function planHistory(state: WatchState, seriesCount: number, nowMs: number): HistoryPlan | undefined {
	const stepMs = state.watch.intervalSeconds * 1000;
	const endMs = nowMs - stepMs;
	if (seriesCount === 0) return undefined;
	const affordable = Math.max(state.bank.needed, Math.floor(MOST_SAMPLES / seriesCount));
	const newestMs = newestOf(state);
	const startMs =
		newestMs === undefined
			? endMs - (Math.min(MOST_STEPS, affordable) - 1) * stepMs
			: Math.max(
					newestMs + stepMs - Math.ceil(SAVED_WITHIN_MS / stepMs) * stepMs,
					endMs - (Math.min(MOST_MISSED_STEPS, affordable) - 1) * stepMs,
				);
	if (startMs > endMs || (newestMs !== undefined && newestMs >= endMs)) return undefined;
	const streamed = seriesCount >= STREAMED_FROM_SERIES;
	const pieceSteps = streamed
		? 1
		: Math.min(MOST_PIECE_STEPS, Math.max(1, Math.floor(PIECE_SAMPLES / seriesCount)));
	return { startMs, endMs, stepMs, pieceSteps, streamed, atMs: startMs };
}

/** 0 to 1. */
export function historyProgress({ startMs, endMs, atMs }: HistoryPlan): number {
	return endMs <= startMs ? 1 : Math.min(1, (atMs - startMs) / (endMs - startMs));
}

/** Learns the next piece of the plan; true while there are more. AppErrors as of the source. */
export async function learnPiece(
	metrics: Pick<MetricsSource, "eachInstant" | "range">,
	state: WatchState,
	plan: HistoryPlan,
): Promise<boolean> {
	const { stepMs, atMs } = plan;
	const { intake, watch } = state;
	const endMs = Math.min(plan.endMs, atMs + (plan.pieceSteps - 1) * stepMs);
	const options = { timeoutMs: TIMEOUT_MS };
	if (plan.streamed) {
		intake.begin();
		await metrics.eachInstant(
			watch.query,
			atMs,
			(series, value) => intake.take(series, value, atMs),
			options,
		);
		await learn(state, atMs);
	} else {
		const answer = await metrics.range(watch.query, { startMs: atMs, endMs, stepMs }, options);
		let count = 0;
		for (const { t, values } of instantsOf(answer)) {
			intake.begin();
			for (const [series, value] of values) intake.take(series, value, t);
			await learn(state, t);
			count += values.length;
			if (count < SLICE) continue;
			count = 0;
			await nextTurn();
		}
	}
	plan.atMs = endMs + stepMs;
	return plan.atMs <= plan.endMs;
}

async function learn(state: WatchState, atMs: number): Promise<void> {
	const { slots, values } = await state.intake.finish(atMs);
	for (let i = 0; i < slots.length; i += 1) learnValue(state, slots[i] ?? 0, values[i] ?? Number.NaN, atMs);
}

function newestOf({ table }: WatchState): number | undefined {
	let newest = Number.NEGATIVE_INFINITY;
	for (const slot of table.all()) newest = Math.max(newest, table.lastSeenMs(slot));
	return newest === Number.NEGATIVE_INFINITY ? undefined : newest;
}
