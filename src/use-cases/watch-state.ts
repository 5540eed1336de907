import type { Bank, BankDetector } from "../../models/define-bank.ts";
import type { Anomaly } from "../domain/anomaly.ts";
import type { Watch } from "../domain/watch.ts";
import { ChartedSeries } from "./charted-series.ts";
import { openTrack } from "./score-series.ts";
import { SeriesTable } from "./series-table.ts";
import { type Intake, intakeOf } from "./watch-intake.ts";

/** Longest text of a series' labels, and the most that all series of a watch may have together, in characters. */
const LONGEST_NAME = 16_384;
const MOST_NAME_CHARACTERS = 64 * 1024 * 1024;

/** What a watch judges: a slot is a series, or a target with many where its bank gathers them. */
export type WatchSlots = {
	readonly watch: Watch;
	readonly bank: Bank;
	readonly table: SeriesTable;
	readonly maximumSeries: number;
};

/** All that the scorer of a watch holds of its series, by slots. */
export type WatchState = WatchSlots & {
	/** The open findings. */
	readonly anomalies: Map<number, Anomaly>;
	readonly charts: ChartedSeries;
	/** A series that is known to be ready, so that not all have to be asked. */
	readonly oldest: { slot: number | undefined };
	readonly intake: Intake;
};

/** Why a series is not scored. */
export type Unscored = "no-target" | "too-many" | "too-many-of-target" | "too-long";

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
	const slots = { watch, bank, table: new SeriesTable(), maximumSeries: limits.maximumSeries };
	return {
		...slots,
		anomalies: new Map(),
		charts: new ChartedSeries(limits.chartedSeries),
		oldest: { slot: undefined },
		intake: intakeOf(slots),
	};
}

/** Whether the text of labels is too long to be kept, alone or with those that are. */
export function nameRefused({ table }: Pick<WatchSlots, "table">, name: string): boolean {
	return name.length > LONGEST_NAME || table.nameLength + name.length > MOST_NAME_CHARACTERS;
}

/** The slot of that name, which is made where it is new; or why there is none. A new one was never seen at `atMs`. */
export function slotFor(
	state: WatchSlots,
	name: string,
	targetOf: () => string | undefined,
	atMs: number,
): number | Unscored {
	const { bank, table, maximumSeries } = state;
	const known = table.slotOf(name);
	if (known !== undefined) return known;
	if (nameRefused(state, name)) return "too-long";
	if (table.size >= maximumSeries) return "too-many";
	const target = targetOf();
	if (target === undefined) return "no-target";
	const slot = bank.add();
	table.add(slot, name, target, atMs - 1);
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
