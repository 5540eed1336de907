import type { Freeze } from "../domain/freeze.ts";
import type { MaintenanceSpan, MaintenanceWindow } from "../domain/maintenance.ts";
import type { Stores } from "../ports/store.ts";
import { nextMaintenance, openMaintenance } from "./maintenance-times.ts";

/** What forbids changes now, and which maintenance comes next. */
export type HoldsReading = {
	readonly freezes: readonly Freeze[];
	readonly maintenance: readonly MaintenanceSpan[];
	readonly next: readonly MaintenanceSpan[];
};

/** Reads all holds by the database's clock. */
export async function readHolds(deps: {
	readonly store: Pick<Stores, "freezes" | "now">;
	readonly maintenance: readonly MaintenanceWindow[];
}): Promise<HoldsReading> {
	const nowMs = await deps.store.now();
	return {
		freezes: await deps.store.freezes.active(),
		maintenance: openMaintenance(deps.maintenance, nowMs),
		next: nextMaintenance(deps.maintenance, nowMs),
	};
}
