import { freezeOver, freezeText } from "../domain/judge-freeze.ts";
import {
	type MaintenanceSpan,
	type MaintenanceWindow,
	maintenanceOver,
	maintenanceText,
	spanFrom,
} from "../domain/maintenance.ts";
import type { EffectHolds } from "../ports/effect-holds.ts";
import { newestDue } from "./due-instants.ts";

/** The windows that are open at `nowMs`, each with its present span. */
export function openMaintenance(
	windows: readonly MaintenanceWindow[],
	nowMs: number,
): readonly MaintenanceSpan[] {
	return windows.flatMap((window) => {
		const startMs = newestDue(window, nowMs - window.durationMinutes * 60_000, nowMs);
		return startMs === undefined ? [] : [spanFrom(window, startMs)];
	});
}

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
