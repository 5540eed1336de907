import {
	type MaintenanceSpan,
	type MaintenanceWindow,
	maintenanceOver,
	spanFrom,
} from "../domain/maintenance.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { Stores } from "../ports/store.ts";
import { newestDue } from "./due-instants.ts";

const LOOK_BACK_MS = 86_400_000;

export type TellAfterMaintenanceDeps = {
	readonly store: Pick<Stores, "incidents" | "enqueue" | "now">;
	readonly jobs: Pick<JobQueue, "nudge">;
	readonly maintenance: readonly MaintenanceWindow[];
};

/**
 * What is still open when planned work ends is told of then. Each call looks at the windows that ended since the last
 * one, the first at those of the last day; publishing twice changes nothing. Gives how many incidents are told of.
 */
export function tellAfterMaintenance(deps: TellAfterMaintenanceDeps): () => Promise<number> {
	let lookedAtMs: number | undefined;
	return async () => {
		if (deps.maintenance.length === 0) return 0;
		const nowMs = await deps.store.now();
		const ended = endedBetween(deps.maintenance, lookedAtMs ?? nowMs - LOOK_BACK_MS, nowMs);
		const told = ended.length === 0 ? 0 : await publishOpen(deps, ended);
		lookedAtMs = nowMs;
		return told;
	};
}

/** The newest span of each window that ended in (`fromMs`, `untilMs`]. */
function endedBetween(
	windows: readonly MaintenanceWindow[],
	fromMs: number,
	untilMs: number,
): readonly MaintenanceSpan[] {
	return windows.flatMap((window) => {
		const lengthMs = window.durationMinutes * 60_000;
		const startMs = newestDue(window, fromMs - lengthMs, untilMs - lengthMs);
		return startMs === undefined ? [] : [spanFrom(window, startMs)];
	});
}

async function publishOpen(
	{ store, jobs }: TellAfterMaintenanceDeps,
	ended: readonly MaintenanceSpan[],
): Promise<number> {
	let told = 0;
	let cursor: string | undefined;
	do {
		const page = await store.incidents.list(
			{ status: "open" },
			{ limit: 200, ...(cursor === undefined ? {} : { cursor }) },
		);
		for (const { id: incidentId, target, environment } of page.items) {
			const what = { environment, targets: [{ name: target, id: target }] };
			if (!ended.some((span) => maintenanceOver([span], what, span.startMs))) continue;
			await store.enqueue("publish-incident", { incidentId }, { singleton: incidentId });
			told += 1;
		}
		cursor = page.next;
	} while (cursor !== undefined);
	if (told > 0) jobs.nudge("publish-incident");
	return told;
}
