import { freezeOver, freezeText } from "../domain/judge-freeze.ts";
import { type MaintenanceWindow, maintenanceOver, maintenanceText } from "../domain/maintenance.ts";
import type { EffectHolds } from "../ports/effect-holds.ts";
import { openMaintenance } from "./maintenance-times.ts";

/** Freezes of the store and maintenance windows of the configuration, as one question. */
export function createEffectHolds(windows: readonly MaintenanceWindow[]): EffectHolds {
	return {
		holdOn: async (stores, plan, nowMs) => {
			const freeze = freezeOver(await stores.freezes.active(), plan, nowMs);
			if (freeze) return { reason: freezeText(freeze) };
			const span = maintenanceOver(openMaintenance(windows, nowMs), plan, nowMs);
			return span && { reason: maintenanceText(span) };
		},
	};
}
