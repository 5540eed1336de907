import { setImmediate as nextTurn } from "node:timers/promises";
import type { Judgement } from "../../models/define-bank.ts";
import { parseLabelsText } from "../domain/parse-labels-text.ts";
import { judgeValue } from "./score-series.ts";
import { QUIET, type SeriesTrack, trackSeries } from "./track-series.ts";
import type { WritableWatchBoard } from "./watch-board.ts";
import type { WatchState } from "./watch-state.ts";

/** Series that are judged before others may have the event loop: some milliseconds. */
const SLICE = 1000;

/** A series of which something is to be told. `track` is what holds once it was told. */
export type SeriesEvent = {
	readonly slot: number;
	readonly kind: "open" | "update" | "close";
	readonly value: number;
	readonly judgement: Judgement;
	readonly track: SeriesTrack;
};

/** Judges one value of each slot, in slices. Values that are no numbers say nothing and are passed over. */
export async function judgeValues(
	state: WatchState,
	points: { readonly slots: Uint32Array; readonly values: Float64Array },
	atMs: number,
	board: WritableWatchBoard,
): Promise<SeriesEvent[]> {
	const events: SeriesEvent[] = [];
	for (let index = 0; index < points.slots.length; index += 1) {
		if (index % SLICE === SLICE - 1) await nextTurn();
		const value = points.values[index] ?? Number.NaN;
		if (!Number.isFinite(value)) continue;
		const event = judgeOne(state, points.slots[index] ?? 0, value, atMs, board);
		if (event) events.push(event);
	}
	return events;
}

function judgeOne(
	state: WatchState,
	slot: number,
	value: number,
	atMs: number,
	board: WritableWatchBoard,
): SeriesEvent | undefined {
	const { watch, bank, table, charts } = state;
	const before = table.track(slot);
	const anomaly = state.anomalies.get(slot);
	const closely = before !== QUIET || charts.hasRoom || charts.has(slot);
	table.see(slot, atMs, value);
	const judgement = judgeValue(bank, slot, { value, atMs, closely }, watch, anomaly);
	if (!judgement) return undefined;
	const { track, event } = trackSeries(before, { t: atMs, ...judgement }, watch.forSeconds);
	chart(state, slot, judgement, board);
	// What is to be told first keeps its old track until it was: a failure is made good at the next point.
	if (event === "none" || event === "update") table.setTrack(slot, track);
	if (event === "none" || (event !== "open" && !anomaly)) return undefined;
	return { slot, kind: event, value, judgement, track };
}

/**
 * Learns a value of the past, from the history of the metrics. Findings are neither opened nor ended by it; what it
 * means for them shows at the next value that comes live.
 */
export function learnValue(state: WatchState, slot: number, value: number, atMs: number): void {
	const { watch, bank, table } = state;
	if (!Number.isFinite(value) || atMs <= table.lastSeenMs(slot)) return;
	const before = table.track(slot);
	table.see(slot, atMs, value);
	const point = { value, atMs, closely: before !== QUIET };
	const judgement = judgeValue(bank, slot, point, watch, state.anomalies.get(slot));
	if (!judgement) return;
	const { track, event } = trackSeries(before, { t: atMs, ...judgement }, watch.forSeconds);
	if (event === "close") {
		const { insideSinceMs = atMs, insideCount } = before;
		table.setTrack(slot, { ...before, outsideCount: 0, insideSinceMs, insideCount: insideCount + 1 });
	} else table.setTrack(slot, event === "open" ? { ...track, open: false } : track);
}

function chart(state: WatchState, slot: number, judgement: Judgement, board: WritableWatchBoard): void {
	const { watch, table, charts } = state;
	const isNew = !charts.has(slot);
	const { kept, gone } = charts.take(slot, judgement.score, state.anomalies.has(slot));
	if (gone !== undefined) board.dropSeries(watch.name, table.series(gone));
	if (!kept) return;
	const series = table.series(slot);
	const shown = { labels: parseLabelsText(series) ?? {}, target: table.target(slot) };
	const points = isNew ? table.recent(slot) : table.recent(slot).slice(-1);
	for (const [index, { t, v }] of points.entries()) {
		const newest = index === points.length - 1;
		const band = newest && judgement.ready && judgement.band ? judgement.band : {};
		board.addPoint(watch, series, shown, { t, v, score: newest ? judgement.score : 0, ...band });
	}
}
