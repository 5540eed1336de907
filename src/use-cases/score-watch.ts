import type { Anomaly } from "../domain/anomaly.ts";
import { toAppError } from "../domain/errors.ts";
import type { Watch } from "../domain/watch.ts";
import type { Clock } from "../ports/clock.ts";
import type { MetricsSource } from "../ports/metrics-source.ts";
import { judgeValues } from "./judge-values.ts";
import { type KeepDeps, restoreChunks, type SaveRound, saveChunks } from "./keep-watch-state.ts";
import { createHistory, type History } from "./learn-history.ts";
import { readWatchValues, unscoredSentence } from "./read-watch-values.ts";
import { type TellEventsDeps, tellEvents } from "./tell-events.ts";
import { vanishedSlots } from "./vanished-series.ts";
import { emptyState, forgetSlot } from "./watch-state.ts";
import { isAllReady, statusOf, type Told } from "./watch-status.ts";

const FORGET_AFTER_INTERVALS = 5;
/** A query without series is waited for so long, as metrics may only just have begun to come; then it is a failure. */
const EMPTY_FOR_MS = 30_000;
const TIMEOUT_BEFORE_MS = 500;

export type ScoreWatchDeps = TellEventsDeps &
	KeepDeps & {
		/** Ends an open finding that was made by another query under this name. */
		unseen?(anomaly: Anomaly): Promise<void>;
		readonly metrics: MetricsSource;
		readonly clock: Clock;
		/** Series that a watch holds at most. */
		readonly maximumSeries: number;
	};

/**
 * What one scoring saw. `failed`: there are no values, so nothing is known of any target. `silent`: because the source
 * itself did not answer; else it refused the query.
 */
export type Scoring = {
	readonly failed: boolean;
	readonly silent?: boolean;
	readonly problem?: string;
	readonly targets: readonly string[];
};

/** Scores one watch. One owner at a time (a lease); its functions are never called at the same time. */
export type WatchScorer = {
	readonly watch: Watch;
	score(atMs: number): Promise<Scoring>;
	/** Claims the watch, and reads the state and the open anomalies of the last owner. AppError `conflict`. */
	restore(fencingToken: number): Promise<void>;
	/** Learns a piece of what the metrics know from before `nowMs`; false when there is no more. Never fails. */
	learnHistory(nowMs: number): Promise<boolean>;
	/** Saves what is due of the state; `all`: everything. AppError `conflict` where another has claimed the watch. */
	save(fencingToken: number, all?: boolean): Promise<void>;
	/** Targets of all series known now. */
	targets(): readonly string[];
};

/** Makes the scorer of a watch. What it can't hold is named in the watch's problem. */
export function createWatchScorer(deps: ScoreWatchDeps, watch: Watch): WatchScorer {
	const limits = { maximumSeries: deps.maximumSeries, chartedSeries: deps.board.seriesKept };
	const intervalMs = watch.intervalSeconds * 1000;
	let state = emptyState(watch, deps.detector, limits);
	let round: SaveRound = { nextChunk: 0, savedAtMs: deps.clock.now(), written: 0 };
	let history: History | undefined;
	let lost: string | undefined;
	let unlearned: string | undefined;
	let scoredAtMs: number | undefined;
	let emptySinceMs: number | undefined;

	const report = (parts: Partial<Pick<Told, "failed" | "absent" | "problem" | "note" | "history">>) => {
		const { failed = false, absent = false, problem, history: learned } = parts;
		if (lost !== undefined && learned === undefined && isAllReady(state)) lost = undefined;
		if (unlearned !== undefined && isAllReady(state)) unlearned = undefined;
		const note = [parts.note, lost, unlearned].filter((part) => part !== undefined).join("; ");
		deps.board.setStatus(
			watch,
			statusOf(state, { failed, absent, problem, note, history: learned, scoredAtMs }),
		);
	};

	const forgetVanished = async (atMs: number): Promise<void> => {
		for (const slot of vanishedSlots(state, atMs, FORGET_AFTER_INTERVALS * intervalMs)) {
			const anomaly = state.anomalies.get(slot);
			if (anomaly) {
				const closed = { ...anomaly, closedAtMs: atMs };
				await deps.store.anomalies.save(closed);
				await deps.closed(closed);
			}
			deps.board.dropSeries(watch.name, state.table.series(slot));
			forgetSlot(state, slot);
		}
	};

	const failed = (error: unknown): Scoring => {
		const { code, message } = toAppError(error);
		deps.logger.warn("a watch could not be scored", { watch: watch.name, error });
		report({ failed: true, problem: message });
		return { failed: true, silent: code === "unavailable", problem: message, targets: [] };
	};

	const score = async (atMs: number): Promise<Scoring> => {
		const askedAtMs = deps.clock.now();
		// Shorter than the interval: else a source that hangs is asked at every second beat only.
		const timeoutMs = Math.min(10_000, Math.max(2000, intervalMs - TIMEOUT_BEFORE_MS));
		const read = await readWatchValues(deps.metrics, state, atMs, { timeoutMs }).catch(toAppError);
		if (read instanceof Error) return failed(read);
		const tookMs = deps.clock.now() - askedAtMs;
		scoredAtMs = atMs;
		emptySinceMs = read.total > 0 ? undefined : (emptySinceMs ?? atMs);
		const events = await judgeValues(state, read, atMs, deps.board);
		const waiting = await tellEvents(deps, state, events, atMs);
		await forgetVanished(atMs);
		const known = state.table.size > 0;
		// Empty is expected until the first scrapes are in; it counts when it lasts, or when series were there before.
		const lasts = emptySinceMs !== undefined && atMs - emptySinceMs >= EMPTY_FOR_MS;
		const empty = read.total === 0 && (known || lasts);
		const absent = empty && !known && watch.optional === true;
		const problem = [
			unscoredSentence(read, state),
			waiting > 0 ? `${waiting} more series are outside; the worst are told first.` : undefined,
			empty && !absent ? "The query gives no series; check that its metrics are scraped." : undefined,
			tookMs > intervalMs ? slowSentence(watch, tookMs) : undefined,
		]
			.filter((sentence) => sentence !== undefined)
			.join(" ");
		const problems = problem === "" ? {} : { problem };
		report({ ...problems, failed: empty && !absent, absent });
		return { failed: false, targets: state.table.targetsOf(read.slots), ...problems };
	};

	return {
		watch,
		score,
		targets: () => state.table.targets(),
		restore: async (fencingToken) => {
			await deps.store.watches.claim(watch.name, fencingToken);
			// What is here is from before another owner: its anomalies may be closed by now.
			for (const slot of state.table.all()) deps.board.dropSeries(watch.name, state.table.series(slot));
			state = emptyState(watch, deps.detector, limits);
			history = undefined;
			unlearned = undefined;
			for (const anomaly of await deps.store.anomalies.openOf(watch.name))
				if (anomaly.query !== watch.query) await deps.unseen?.(anomaly);
			const { written, unread } = await restoreChunks(deps, state);
			round = { nextChunk: 0, savedAtMs: deps.clock.now(), written };
			lost = unread === 0 ? undefined : lostSentence(unread === written);
		},
		learnHistory: async (nowMs) => {
			history ??= createHistory(deps, state, { anew: lost !== undefined });
			const more = await history.learn(nowMs);
			const share = history.progress();
			if (more) report({ history: share, note: `learning from history: ${Math.floor(share * 100)} %` });
			if (!more && history.failed()) {
				unlearned = "its history could not be read; it learns from what comes";
				report({});
			}
			return more;
		},
		save: (fencingToken, all = false) => saveChunks(deps, state, round, fencingToken, deps.clock.now(), all),
	};
}

function lostSentence(all: boolean): string {
	return all
		? "its saved state could not be read; it learns anew"
		: "a part of its saved state could not be read; those series learn anew";
}

function slowSentence({ intervalSeconds }: Watch, tookMs: number): string {
	const took = Math.round(tookMs / 1000);
	return `Its query took ${took} s and is due every ${intervalSeconds} s; make it cheaper or ask less often.`;
}
