import type { Detector } from "../../models/define-detector.ts";
import type { Anomaly } from "../domain/anomaly.ts";
import { toAppError } from "../domain/errors.ts";
import { type InstantSample, type Labels, labelsText, type Sample } from "../domain/time-series.ts";
import { targetOf, type Watch } from "../domain/watch.ts";
import type { Logger } from "../ports/logger.ts";
import type { MetricsSource } from "../ports/metrics-source.ts";
import type { Store } from "../ports/store.ts";
import type { Finding } from "./open-incident.ts";
import { findingOf, judgeValue, type SeriesState, seriesState, updatedAnomaly } from "./score-series.ts";
import { packSnapshot, unpackSnapshot } from "./scorer-snapshot.ts";
import { trackSeries } from "./track-series.ts";
import type { WritableWatchBoard } from "./watch-board.ts";

const MAXIMUM_SERIES = 1000;
const RECENT_POINTS = 8;
const FORGET_AFTER_MS = 600_000;
/** A query without series is waited for so long, as metrics may only just have begun to come; then it is a failure. */
const EMPTY_FOR_MS = 30_000;

export type ScoreWatchDeps = {
	readonly metrics: MetricsSource;
	readonly detector: Detector;
	readonly store: Pick<Store, "anomalies" | "watches">;
	readonly board: WritableWatchBoard;
	readonly logger: Logger;
	/** Records a finding and gives its anomaly. */
	open(finding: Finding): Promise<Anomaly>;
	/** An open anomaly got a new value; called at every scoring of it with the newest values, oldest first. */
	changed(anomaly: Anomaly, recent: readonly Sample[]): Promise<void>;
	/** An anomaly ended. */
	closed(anomaly: Anomaly): Promise<void>;
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

/** Scores one watch. One owner at a time (a lease), called once an interval, never twice at once. */
export type WatchScorer = {
	readonly watch: Watch;
	score(atMs: number): Promise<Scoring>;
	/** Reads the state and the open anomalies of the last owner. */
	restore(): Promise<void>;
	save(fencingToken: number): Promise<void>;
	/** Targets of all series known now. */
	targets(): readonly string[];
};

/** Makes the scorer of a watch; it holds at most 1,000 series and says so in the watch's problem beyond that. */
export function createWatchScorer(deps: ScoreWatchDeps, watch: Watch): WatchScorer {
	const options = {
		stepSeconds: watch.intervalSeconds,
		direction: watch.direction,
		minimumChange: watch.minimumChange,
	};
	const states = new Map<string, SeriesState>();
	let scoredAtMs: number | undefined;
	let emptySinceMs: number | undefined;

	const stateOf = (labels: Labels, target: string, atMs: number): SeriesState | undefined => {
		const key = labelsText(labels);
		const known = states.get(key);
		if (known || states.size >= MAXIMUM_SERIES) return known;
		const detector = deps.detector.create(options);
		const fresh = seriesState({ labels, target, detector, lastSeenMs: atMs }, undefined);
		states.set(key, fresh);
		return fresh;
	};

	const judge = async (state: SeriesState, sample: InstantSample, atMs: number): Promise<void> => {
		const key = labelsText(state.labels);
		const verdict = judgeValue(state, watch, sample.v);
		// A value that is no number says as little as none: an anomaly must not stay open for it.
		if (!Number.isFinite(sample.v)) return;
		state.lastSeenMs = atMs;
		state.recent = [...state.recent, { t: atMs, v: sample.v }].slice(-RECENT_POINTS);
		const { labels, target } = state;
		deps.board.addPoint(
			watch,
			key,
			{ labels, target },
			{
				t: atMs,
				v: sample.v,
				score: verdict.score,
				...(verdict.ready && verdict.band ? verdict.band : {}),
			},
		);
		const { track, event } = trackSeries(state.track, { t: atMs, ...verdict }, watch.forSeconds);
		if (event === "open") state.anomaly = await deps.open(findingOf(watch, state, verdict, track, atMs));
		else if (state.anomaly && (event === "update" || event === "close")) {
			const updated = updatedAnomaly(state.anomaly, watch, sample.v, verdict, atMs, event === "close");
			await deps.store.anomalies.save(updated);
			await (event === "close" ? deps.closed(updated) : deps.changed(updated, state.recent));
			if (event === "close") delete state.anomaly;
			else state.anomaly = updated;
		}
		state.track = track;
		deps.board.setSeverity(watch.name, key, state.anomaly?.severity);
	};

	const forgetVanished = async (atMs: number): Promise<void> => {
		for (const [key, state] of states) {
			if (atMs - state.lastSeenMs < FORGET_AFTER_MS) continue;
			if (state.anomaly) {
				const closed = { ...state.anomaly, closedAtMs: atMs };
				await deps.store.anomalies.save(closed);
				await deps.closed(closed);
			}
			states.delete(key);
			deps.board.dropSeries(watch.name, key);
		}
	};

	const report = (problem: string | undefined, failed: boolean, absent = false) => {
		const all = [...states.values()];
		const least = all.toSorted((a, b) => a.detector.seen - b.detector.seen)[0]?.detector;
		const best = all.toSorted((a, b) => b.detector.seen - a.detector.seen)[0]?.detector;
		const ready = best !== undefined && best.seen >= best.needed;
		const counted = ready ? best : least;
		deps.board.setStatus(watch, {
			name: watch.name,
			state: failed && all.length === 0 ? "failed" : ready ? "ready" : "learning",
			progress: ready ? 1 : counted ? counted.seen / counted.needed : 0,
			samples: counted ? Math.min(counted.seen, counted.needed) : 0,
			samplesNeeded: counted?.needed ?? 0,
			seriesCount: states.size,
			...(scoredAtMs === undefined ? {} : { lastScoredAtMs: scoredAtMs }),
			...(problem ? { problem } : {}),
			...(absent ? { absent } : {}),
		});
	};

	return {
		watch,
		targets: () => [...new Set([...states.values()].map((state) => state.target))],
		score: async (atMs) => {
			const vector = await deps.metrics
				.instant(watch.query, atMs, {
					timeoutMs: Math.min(10_000, Math.max(2000, watch.intervalSeconds * 1000)),
				})
				.catch((error: unknown) => toAppError(error));
			if (vector instanceof Error) {
				deps.logger.warn("a watch could not be scored", { watch: watch.name, error: vector });
				report(vector.message, true);
				return { failed: true, silent: vector.code === "unavailable", problem: vector.message, targets: [] };
			}
			scoredAtMs = atMs;
			emptySinceMs = vector.length > 0 ? undefined : (emptySinceMs ?? atMs);
			let dropped = 0;
			const targets = new Set<string>();
			for (const sample of vector) {
				const target = targetOf(watch, sample.labels);
				const state = target === undefined ? undefined : stateOf(sample.labels, target, atMs);
				if (!state) dropped += 1;
				else {
					targets.add(state.target);
					await judge(state, sample, atMs);
				}
			}
			await forgetVanished(atMs);
			// Empty is expected until the first scrapes are in; it counts when it lasts, or when series were there before.
			const empty =
				vector.length === 0 &&
				(states.size > 0 || (emptySinceMs !== undefined && atMs - emptySinceMs >= EMPTY_FOR_MS));
			const absent = empty && states.size === 0 && watch.optional === true;
			const problem =
				dropped > 0
					? `${dropped} series are not scored: they lack the target label or exceed ${MAXIMUM_SERIES} series.`
					: empty && !absent
						? "The query gives no series; check that its metrics are scraped."
						: undefined;
			report(problem, empty && !absent, absent);
			return { failed: false, targets: [...targets], ...(problem ? { problem } : {}) };
		},
		restore: async () => {
			// What is here is from before another owner: its anomalies may be closed by now.
			for (const key of states.keys()) deps.board.dropSeries(watch.name, key);
			states.clear();
			const bytes = await deps.store.watches.loadSnapshot(watch.name);
			const entries = bytes ? unpackSnapshot(bytes, deps.detector) : [];
			if (!entries)
				deps.logger.warn("a watch starts to learn anew: its saved state can't be read", {
					watch: watch.name,
				});
			const open = await deps.store.anomalies.openOf(watch.name);
			const ofSeries = (labels: Labels) =>
				open.find((item) => labelsText(item.labels) === labelsText(labels));
			for (const { labels, target, lastSeenMs, detector: saved } of entries ?? []) {
				const detector = deps.detector.restore(saved, options);
				if (!detector) {
					const series = labelsText(labels);
					deps.logger.warn("a series starts to learn anew: its saved state can't be read", {
						watch: watch.name,
						series,
					});
					continue;
				}
				states.set(
					labelsText(labels),
					seriesState({ labels, target, detector, lastSeenMs }, ofSeries(labels)),
				);
			}
			// An open anomaly whose series is not in the snapshot is still ours to close.
			for (const anomaly of open) {
				const { labels, target, lastSeenAtMs: lastSeenMs } = anomaly;
				if (states.has(labelsText(labels))) continue;
				const detector = deps.detector.create(options);
				states.set(labelsText(labels), seriesState({ labels, target, detector, lastSeenMs }, anomaly));
			}
		},
		save: async (fencingToken) => {
			const entries = [...states.values()].map((state) => ({
				labels: state.labels,
				target: state.target,
				lastSeenMs: state.lastSeenMs,
				detector: state.detector.snapshot(),
			}));
			await deps.store.watches.saveSnapshot(watch.name, packSnapshot(deps.detector, entries), fencingToken);
		},
	};
}
