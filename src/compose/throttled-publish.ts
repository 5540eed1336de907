import { toAppError } from "../domain/errors.ts";
import type { Clock } from "../ports/clock.ts";
import type { Logger } from "../ports/logger.ts";
import { type PublishAndPageDeps, publishIncident } from "../use-cases/publish-incident.ts";

const REPUBLISH_AFTER_MS = 4000;

/** Edits an incident's message at most every four seconds while its numbers move. */
export function throttledPublish(
	deps: PublishAndPageDeps & { readonly clock: Clock; readonly logger: Logger },
): (incidentId: string) => Promise<void> {
	const last = new Map<string, number>();
	return async (incidentId) => {
		const nowMs = deps.clock.now();
		if (nowMs - (last.get(incidentId) ?? 0) < REPUBLISH_AFTER_MS) return;
		for (const [id, at] of last) if (nowMs - at > 60_000) last.delete(id);
		last.set(incidentId, nowMs);
		await publishIncident(deps, incidentId).catch((error: unknown) => {
			deps.logger.warn("an incident's message could not be edited", {
				incident: incidentId,
				error: toAppError(error),
			});
		});
	};
}
