import type { Incident } from "../domain/incident.ts";
import type { Watch } from "../domain/watch.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { Store } from "../ports/store.ts";
import { resolve } from "./end-incident.ts";

/** The target of the incident that opens when the metrics source itself does not answer. */
export const METRICS_TARGET = "metrics";

export type BlindIncidentDeps = { readonly store: Store; readonly jobs: Pick<JobQueue, "nudge"> };

/** Why a watch observes no more what it observed. */
export type WatchGone = "removed" | "changed";

/** The target of a blind incident that is about one watch. */
export function targetOfWatch(watch: Watch): string {
	return `watch ${watch.name}`;
}

/** The words of a blind incident: what does not come, since when nothing can be said, and what to check. */
function describe(watch: Watch, target: string, problem: string | undefined) {
	if (target === METRICS_TARGET)
		return {
			title: "metrics: the source does not answer",
			explanation: `Nothing can be said about any target until it answers again. ${problem ?? ""}`.trim(),
		};
	if (target === targetOfWatch(watch))
		return {
			title: `${target}: its query gives no answer`,
			explanation:
				`Nothing can be said about what ${watch.name} observes until its query answers again. ${problem ?? ""}`.trim(),
		};
	return {
		title: `${target}: metrics stopped coming`,
		explanation: `The watch ${watch.name} gets no values, so nothing can be said about ${target}. Check that it runs and that its metrics endpoint answers.`,
	};
}

/** Opens the incident of a place where nothing is seen since `sinceMs`; one that is open already goes on. */
export async function openBlind(
	deps: BlindIncidentDeps,
	watch: Watch,
	target: string,
	problem: string | undefined,
	sinceMs: number,
): Promise<void> {
	const { title, explanation } = describe(watch, target, problem);
	const { environment } = watch;
	await deps.store.transaction(async (stores) => {
		if (await stores.incidents.openOf(target, environment, "blind")) return;
		const incident = await stores.incidents.create({
			target,
			environment,
			kind: "blind",
			status: "open",
			severity: "high",
			title,
			explanation,
			openedAtMs: sinceMs,
			timeline: [{ atMs: sinceMs, kind: "seen", text: title, severity: "high" }],
		});
		await stores.audit.append({
			action: "incident.opened",
			actorId: "agent:detection",
			actorName: "detection",
			subject: `incident:${incident.id}`,
			summary: title,
			data: { watch: watch.name },
		});
		await stores.enqueue("publish-incident", { incidentId: incident.id });
		await stores.announce({ kind: "incident", id: incident.id });
	});
	deps.jobs.nudge("publish-incident");
}

/** Ends the blind incident of a place, if one is open, because its values come again. */
export function resolveBlind(deps: BlindIncidentDeps, environment: string, target: string): Promise<void> {
	return end(deps, environment, target, `${target}: metrics come again`, (incident, nowMs) =>
		resolve(incident, "recovered", nowMs),
	);
}

/** Ends the blind incident of a place, if one is open, because the watch that had noticed it looks there no more. */
export function closeBlind(
	deps: BlindIncidentDeps,
	{ environment, name }: Pick<Watch, "environment" | "name">,
	target: string,
	why: WatchGone,
): Promise<void> {
	const happened = why === "removed" ? "was removed" : "observes something else now";
	const sentence = `The watch ${name}, which had noticed this, ${happened}; that values come again was not seen.`;
	return end(deps, environment, target, sentence, (incident, nowMs) => ({
		...resolve(incident, "closed", nowMs, { words: sentence }),
		explanation: sentence,
	}));
}

async function end(
	deps: BlindIncidentDeps,
	environment: string,
	target: string,
	summary: string,
	ended: (incident: Incident, nowMs: number) => Incident,
): Promise<void> {
	const open = await deps.store.transaction(async (stores): Promise<Incident | undefined> => {
		const incident = await stores.incidents.openOf(target, environment, "blind");
		if (!incident) return undefined;
		await stores.incidents.save(ended(incident, await stores.now()));
		await stores.audit.append({
			action: "incident.resolved",
			actorId: "agent:detection",
			actorName: "detection",
			subject: `incident:${incident.id}`,
			summary,
			data: {},
		});
		await stores.enqueue("publish-incident", { incidentId: incident.id });
		await stores.announce({ kind: "incident", id: incident.id });
		return incident;
	});
	if (open) deps.jobs.nudge("publish-incident");
}
