import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises";
import { toAppError } from "../domain/errors.ts";
import type { Logger } from "../ports/logger.ts";
import type { MetricsSource } from "../ports/metrics-source.ts";
import { instantsOf } from "./instants-of.ts";
import { learnValue } from "./judge-values.ts";
import { fewInstants, firstOf } from "./look-ahead.ts";
import {
	beginAt,
	type HistoryPart,
	type HistoryPlan,
	historyProgress,
	isOlder,
	nextPart,
	planHistory,
} from "./plan-history.ts";
import { forgetVanished } from "./vanished-series.ts";
import type { WatchState } from "./watch-state.ts";

const SLICE = 2000;
const TIMEOUT_MS = 10_000;
/** Older steps are learned for so long at most, then all; the watch goes live with what it has. */
const OLDER_FOR_MS = 120_000;
const HISTORY_FOR_MS = 300_000;
/** After a read that failed it is read again, each time after a longer pause; then the watch learns from what comes. */
const PAUSES_MS = [1000, 4000];

type Metrics = Pick<MetricsSource, "eachInstant" | "range">;

/** What a watch learns of the past before it goes live, a piece at a time. */
export type History = {
	/** Learns the next piece; false when there is no more. Never fails. */
	learn(nowMs: number): Promise<boolean>;
	/** 0 to 1. */
	progress(): number;
	/** Whether it was given up because it could not be read. */
	failed(): boolean;
};

/**
 * The history of a watch whose state was just read. `anew`: a part of that state was lost, so that all is learned again;
 * series that are known pass over what they have seen. What can't be read of older times is left out.
 */
export function createHistory(
	deps: {
		readonly metrics: Metrics;
		readonly logger: Logger;
		/** Waits so many milliseconds before another try. */
		readonly pause?: (ms: number) => Promise<unknown>;
	},
	state: WatchState,
	{ anew }: { readonly anew: boolean },
): History {
	const { watch, bank } = state;
	let plan: HistoryPlan | undefined;
	let begunAtMs: number | undefined;
	let planned = false;
	let failures = 0;
	let failed = false;
	const begin = async (nowMs: number) => {
		begunAtMs ??= nowMs;
		const seriesCount = await countSeries(deps.metrics, state, nowMs);
		const newestMs = anew ? undefined : newestOf(state);
		const intervalMs = watch.intervalSeconds * 1000;
		plan = planHistory({ intervalMs, needed: bank.needed, seriesCount, newestMs, nowMs });
		if (plan && isOlder(plan)) await skipEmpty(deps.metrics, state, plan, intervalMs);
		planned = true;
	};
	const leaveOlder = (error: unknown) => {
		deps.logger.warn("older history of a watch could not be read; it learns from the newest", {
			watch: watch.name,
			error: toAppError(error),
		});
		if (plan) toNewest(plan);
	};
	/** Waits until another try is due; false where there is none. */
	const patience = async (nowMs: number, error: unknown): Promise<boolean> => {
		// Whoever refuses the query refuses it again.
		if (toAppError(error).code !== "unavailable") return false;
		const pauseMs = PAUSES_MS[failures];
		failures += 1;
		if (pauseMs === undefined || nowMs + pauseMs - (begunAtMs ?? nowMs) > HISTORY_FOR_MS) return false;
		await (deps.pause ?? delay)(pauseMs);
		return true;
	};
	return {
		progress: () => (plan ? historyProgress(plan) : 0),
		failed: () => failed,
		learn: async (nowMs) => {
			try {
				if (!planned) await begin(nowMs);
				if (!plan || nowMs - (begunAtMs ?? nowMs) > HISTORY_FOR_MS) return false;
				if (isOlder(plan) && nowMs - (begunAtMs ?? nowMs) > OLDER_FOR_MS) toNewest(plan);
				const more = await learnPiece(deps.metrics, state, plan);
				failures = 0;
				return more;
			} catch (error) {
				if (await patience(nowMs, error)) return true;
				if (plan && isOlder(plan)) {
					leaveOlder(error);
					planned = true;
					failures = 0;
					return true;
				}
				failed = true;
				deps.logger.warn("the history of a watch could not be read; it learns from what comes", {
					watch: watch.name,
					error: toAppError(error),
				});
				return false;
			}
		},
	};
}

function toNewest(plan: HistoryPlan): void {
	while (isOlder(plan)) nextPart(plan);
}

/** Passes over the time before the data begin, as a few instants of the older part show it. */
async function skipEmpty(
	metrics: Metrics,
	{ watch }: WatchState,
	plan: HistoryPlan,
	intervalMs: number,
): Promise<void> {
	const startMs = plan.parts[0]?.startMs ?? plan.atMs;
	const endMs = plan.parts.at(-1)?.endMs ?? plan.atMs;
	const probed = fewInstants({ startMs, endMs }, intervalMs);
	const firstMs = firstOf(await metrics.range(watch.query, probed, { timeoutMs: TIMEOUT_MS })) ?? endMs;
	beginAt(plan, firstMs - probed.stepMs);
}

/** Learns the next piece of the plan; true while there are more. AppErrors as of the source. */
async function learnPiece(metrics: Metrics, state: WatchState, plan: HistoryPlan): Promise<boolean> {
	const part = plan.parts[plan.part];
	if (!part) return false;
	const endMs = Math.min(part.endMs, plan.atMs + (part.pieceSteps - 1) * part.stepMs);
	const seenMs = plan.streamed
		? await learnStreamed(metrics, state, plan.atMs)
		: await learnSpan(metrics, state, part, plan.atMs, endMs);
	const longMs = 5 * part.stepMs;
	if (isOlder(plan) && seenMs !== undefined) forgetVanished(state, seenMs, longMs);
	plan.atMs = endMs + part.stepMs;
	return plan.atMs <= part.endMs || nextPart(plan);
}

async function learnStreamed(metrics: Metrics, state: WatchState, atMs: number): Promise<number> {
	const { intake, watch } = state;
	intake.begin();
	const take = (series: string, value: number) => void intake.take(series, value, atMs);
	await metrics.eachInstant(watch.query, atMs, take, { timeoutMs: TIMEOUT_MS });
	await learn(state, atMs);
	return atMs;
}

/** Gives the newest instant that had values. */
async function learnSpan(
	metrics: Metrics,
	state: WatchState,
	{ stepMs }: HistoryPart,
	startMs: number,
	endMs: number,
): Promise<number | undefined> {
	const { intake, watch } = state;
	const answer = await metrics.range(watch.query, { startMs, endMs, stepMs }, { timeoutMs: TIMEOUT_MS });
	let count = 0;
	let seenMs: number | undefined;
	for (const { t, values } of instantsOf(answer)) {
		intake.begin();
		for (const [series, value] of values) intake.take(series, value, t);
		await learn(state, t);
		seenMs = t;
		count += values.length;
		if (count < SLICE) continue;
		count = 0;
		await nextTurn();
	}
	return seenMs;
}

async function learn(state: WatchState, atMs: number): Promise<void> {
	const { slots, values } = await state.intake.finish(atMs);
	for (let i = 0; i < slots.length; i += 1) learnValue(state, slots[i] ?? 0, values[i] ?? Number.NaN, atMs);
}

async function countSeries(metrics: Metrics, { watch }: WatchState, atMs: number): Promise<number> {
	let count = 0;
	await metrics.eachInstant(watch.query, atMs, () => {
		count += 1;
	});
	return count;
}

function newestOf({ table }: WatchState): number | undefined {
	let newest = Number.NEGATIVE_INFINITY;
	for (const slot of table.all()) newest = Math.max(newest, table.lastSeenMs(slot));
	return newest === Number.NEGATIVE_INFINITY ? undefined : newest;
}
