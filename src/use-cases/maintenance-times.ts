import { type MaintenanceSpan, type MaintenanceWindow, spanFrom } from "../domain/maintenance.ts";
import { newestDue, nextDue } from "./due-instants.ts";

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

/** The next span of each window that begins after `nowMs`, the soonest first; windows that never come are left out. */
export function nextMaintenance(
	windows: readonly MaintenanceWindow[],
	nowMs: number,
): readonly MaintenanceSpan[] {
	return windows
		.flatMap((window) => {
			const startMs = nextDue(window, nowMs);
			return startMs === undefined ? [] : [spanFrom(window, startMs)];
		})
		.toSorted((a, b) => a.startMs - b.startMs);
}
