import type { Watch } from "../domain/watch.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { Store } from "../ports/store.ts";
import { resolve } from "./end-incident.ts";
import type { Scoring } from "./score-watch.ts";

/** The target of the incident that opens when the metrics source itself does not answer. */
export const METRICS_TARGET = "metrics";

const BLIND_AFTER_SCORINGS = 3;
const BLIND_AFTER_MS = 10_000;

export type BlindnessDeps = { readonly store: Store; readonly jobs: Pick<JobQueue, "nudge"> };

/** Notices targets whose metrics stopped coming, and opens and resolves their "blind" incidents. */
export type Blindness = {
	/** Takes in one scoring of a watch; `known` are the targets the watch has seen before. */
	observe(watch: Watch, scoring: Scoring, known: readonly string[], atMs: number): Promise<void>;
};

type Miss = { since: number; count: number };

/** Keeps counts in memory only: after a restart, three scorings decide anew. */
export function createBlindness(deps: BlindnessDeps): Blindness {
	const misses = new Map<string, Miss>();
	const blindWatches = new Map<string, Set<string>>();
	const checked = new Set<string>();

	const missed = async (watch: Watch, target: string, problem: string | undefined, atMs: number) => {
		const key = `${watch.name}\n${target}`;
		const miss = misses.get(key) ?? { since: atMs, count: 0 };
		miss.count += 1;
		misses.set(key, miss);
		if (miss.count < BLIND_AFTER_SCORINGS || atMs - miss.since < BLIND_AFTER_MS) return;
		const watches = blindWatches.get(target) ?? new Set();
		blindWatches.set(target, watches);
		if (watches.has(watch.name)) return;
		if (watches.size === 0) await openBlind(deps, watch, target, problem, miss.since);
		watches.add(watch.name);
	};

	const seen = async (watch: Watch, target: string) => {
		misses.delete(`${watch.name}\n${target}`);
		const watches = blindWatches.get(target);
		watches?.delete(watch.name);
		const first = !checked.has(target);
		checked.add(target);
		if (first || (watches && watches.size === 0)) {
			blindWatches.delete(target);
			await resolveBlind(deps, watch.environment, target);
		}
	};

	return {
		observe: async (watch, scoring, known, atMs) => {
			if (scoring.failed) return missed(watch, METRICS_TARGET, scoring.problem, atMs);
			await seen(watch, METRICS_TARGET);
			for (const target of scoring.targets) await seen(watch, target);
			const lost = known.filter((target) => !scoring.targets.includes(target));
			for (const target of lost) await missed(watch, target, undefined, atMs);
		},
	};
}

async function openBlind(
	deps: BlindnessDeps,
	watch: Watch,
	target: string,
	problem: string | undefined,
	sinceMs: number,
) {
	const source = target === METRICS_TARGET;
	const title = source ? "metrics: the source does not answer" : `${target}: metrics stopped coming`;
	const explanation = source
		? `Nothing can be said about any target until it answers again. ${problem ?? ""}`.trim()
		: `The watch ${watch.name} gets no values, so nothing can be said about ${target}. Check that it runs and that its metrics endpoint answers.`;
	await deps.store.transaction(async (stores) => {
		if (await stores.incidents.openOf(target, watch.environment, "blind")) return;
		const incident = await stores.incidents.create({
			target,
			environment: watch.environment,
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

async function resolveBlind(deps: BlindnessDeps, environment: string, target: string) {
	const open = await deps.store.transaction(async (stores) => {
		const incident = await stores.incidents.openOf(target, environment, "blind");
		if (!incident) return undefined;
		await stores.incidents.save(resolve(incident, "recovered", await stores.now()));
		await stores.audit.append({
			action: "incident.resolved",
			actorId: "agent:detection",
			actorName: "detection",
			subject: `incident:${incident.id}`,
			summary: `${target}: metrics come again`,
			data: {},
		});
		await stores.enqueue("publish-incident", { incidentId: incident.id });
		await stores.announce({ kind: "incident", id: incident.id });
		return incident;
	});
	if (open) deps.jobs.nudge("publish-incident");
}
