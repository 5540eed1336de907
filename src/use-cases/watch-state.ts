import type { Bank, BankDetector } from "../../models/define-bank.ts";
import type { Anomaly } from "../domain/anomaly.ts";
import { parseLabelsText } from "../domain/parse-labels-text.ts";
import { targetOf, type Watch } from "../domain/watch.ts";
import { ChartedSeries } from "./charted-series.ts";
import { openTrack } from "./score-series.ts";
import { SeriesTable } from "./series-table.ts";

/** Longest text of a series' labels, and the most that all series of a watch may have together, in characters. */
const LONGEST_NAME = 16_384;
const MOST_NAME_CHARACTERS = 64 * 1024 * 1024;

/** All that the scorer of a watch holds of its series, by slots. */
export type WatchState = {
	readonly watch: Watch;
	readonly bank: Bank;
	readonly table: SeriesTable;
	/** The open findings. */
	readonly anomalies: Map<number, Anomaly>;
	readonly charts: ChartedSeries;
	/** A series that is known to be ready, so that not all have to be asked. */
	readonly oldest: { slot: number | undefined };
	readonly maximumSeries: number;
	/** The newest answer; the next one is written over it. */
	readonly answer: { slots: Uint32Array; values: Float64Array };
};

/** Why a series is not scored. */
export type Unscored = "no-target" | "too-many" | "too-long";

export function emptyState(
	watch: Watch,
	detector: BankDetector,
	limits: { readonly maximumSeries: number; readonly chartedSeries: number },
): WatchState {
	const bank = detector.open({
		stepSeconds: watch.intervalSeconds,
		direction: watch.direction,
		minimumChange: watch.minimumChange,
		sensitivity: watch.sensitivity ?? "normal",
	});
	return {
		watch,
		bank,
		table: new SeriesTable(),
		anomalies: new Map(),
		charts: new ChartedSeries(limits.chartedSeries),
		oldest: { slot: undefined },
		maximumSeries: limits.maximumSeries,
		answer: { slots: new Uint32Array(), values: new Float64Array() },
	};
}

/** The slot of a series, which is made where the series is new; or why it has none. */
export function slotFor(state: WatchState, series: string, atMs: number): number | Unscored {
	const known = state.table.slotOf(series);
	if (known !== undefined) return known;
	if (series.length > LONGEST_NAME || state.table.nameLength + series.length > MOST_NAME_CHARACTERS)
		return "too-long";
	if (state.table.size >= state.maximumSeries) return "too-many";
	const target = targetOf(state.watch, parseLabelsText(series) ?? {});
	if (target === undefined) return "no-target";
	const slot = state.bank.add();
	state.table.add(slot, series, target, atMs);
	return slot;
}

/** Takes a finding that is open in the store for one of this series, which goes on with it. */
export function adoptAnomaly(state: WatchState, slot: number, anomaly: Anomaly): void {
	state.anomalies.set(slot, anomaly);
	const track = state.table.track(slot);
	state.table.setTrack(slot, track.open ? track : openTrack(anomaly));
}

export function forgetSlot(state: WatchState, slot: number): void {
	state.anomalies.delete(slot);
	state.charts.drop(slot);
	state.table.remove(slot);
	state.bank.remove(slot);
}
