import type { BankDetector } from "../../models/define-bank.ts";
import type { Anomaly } from "../domain/anomaly.ts";
import type { Watch } from "../domain/watch.ts";
import { ChartedSeries } from "./charted-series.ts";
import { openTrack } from "./score-series.ts";
import { SeriesTable } from "./series-table.ts";
import { type Intake, intakeOf } from "./watch-intake.ts";
import type { WatchSlots } from "./watch-slots.ts";

/** All that the scorer of a watch holds of its series, by slots. */
export type WatchState = WatchSlots & {
	/** The open findings. */
	readonly anomalies: Map<number, Anomaly>;
	readonly charts: ChartedSeries;
	/** A series that is known to be ready, so that not all have to be asked. */
	readonly oldest: { slot: number | undefined };
	readonly intake: Intake;
};

export function emptyState(
	watch: Watch,
	detector: BankDetector,
	limits: { readonly maximumSeries: number; readonly chartedSeries: number },
): WatchState {
	const bank = detector.open({
		stepSeconds: watch.intervalSeconds,
		direction: watch.direction,
		minimumChange: watch.minimumChange,
		unit: watch.unit,
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
