import type { Anomaly } from "../domain/anomaly.ts";
import { AppError } from "../domain/errors.ts";
import { labelsText, type Sample } from "../domain/time-series.ts";
import type { Store } from "../ports/store.ts";
import type { SeriesEvent } from "./judge-values.ts";
import type { Finding } from "./open-incident.ts";
import { findingOf, updatedAnomaly } from "./score-series.ts";
import type { WritableWatchBoard } from "./watch-board.ts";
import { adoptAnomaly, type WatchState } from "./watch-state.ts";

/** Findings that one scoring opens, and that a watch has open at once: beyond that nobody reads them one by one. */
const MOST_OPENED_AT_ONCE = 50;
const MOST_OPEN = 500;

export type TellEventsDeps = {
	readonly store: Pick<Store, "anomalies">;
	readonly board: WritableWatchBoard;
	/** Whether nothing new may be told now; what is still outside when that ends is told then. */
	muted?(): boolean;
	/** Records a finding and gives its anomaly. */
	open(finding: Finding): Promise<Anomaly>;
	/** An open anomaly got a new value; called at every scoring of it with the newest values, oldest first. */
	changed(anomaly: Anomaly, recent: readonly Sample[]): Promise<void>;
	/** An anomaly ended. */
	closed(anomaly: Anomaly): Promise<void>;
};

/**
 * Records what happened to findings: ends and changes first, then what opens, the worst first. Gives the number of
 * findings that have to wait for another scoring. The first error ends it; what was not told comes again.
 */
export async function tellEvents(
	deps: TellEventsDeps,
	state: WatchState,
	events: readonly SeriesEvent[],
	atMs: number,
): Promise<number> {
	for (const event of events) if (event.kind !== "open") await follow(deps, state, event, atMs);
	if (deps.muted?.()) return 0;
	const opening = events
		.filter(({ kind }) => kind === "open")
		.toSorted((a, b) => b.judgement.score - a.judgement.score);
	const room = Math.min(MOST_OPENED_AT_ONCE, Math.max(0, MOST_OPEN - state.anomalies.size));
	for (const event of opening.slice(0, room)) await begin(deps, state, event);
	return Math.max(0, opening.length - room);
}

async function follow(
	deps: TellEventsDeps,
	state: WatchState,
	{ slot, kind, value, judgement, track }: SeriesEvent,
	atMs: number,
): Promise<void> {
	const anomaly = state.anomalies.get(slot);
	if (!anomaly) return;
	const ended = kind === "close";
	const updated = updatedAnomaly(anomaly, state.watch, value, judgement, atMs, ended);
	await deps.store.anomalies.save(updated);
	await (ended ? deps.closed(updated) : deps.changed(updated, state.table.recent(slot)));
	if (ended) state.anomalies.delete(slot);
	else state.anomalies.set(slot, updated);
	state.table.setTrack(slot, track);
	show(deps, state, slot);
}

async function begin(deps: TellEventsDeps, state: WatchState, event: SeriesEvent): Promise<void> {
	const { slot, judgement, track } = event;
	const { watch, table, bank } = state;
	const finding = findingOf(watch, table, slot, judgement, track, bank.reasons(slot));
	const anomaly = await deps.open(finding).catch(async (error: unknown) => {
		// A former owner opened it after the state that was taken over: it is ours now.
		if (!(error instanceof AppError) || error.code !== "conflict") throw error;
		const open = await deps.store.anomalies.openOf(watch.name);
		const same = open.find(({ labels }) => labelsText(labels) === table.series(slot));
		if (!same) throw error;
		return same;
	});
	table.setTrack(slot, track);
	adoptAnomaly(state, slot, anomaly);
	show(deps, state, slot);
}

function show(deps: TellEventsDeps, { watch, table, anomalies }: WatchState, slot: number): void {
	deps.board.setSeverity(watch.name, table.series(slot), anomalies.get(slot)?.severity);
}
