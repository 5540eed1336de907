import type { Incident } from "../domain/incident.ts";
import type { Watch } from "../domain/watch.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { Store } from "../ports/store.ts";
import { resolve } from "./end-incident.ts";
import type { Scoring } from "./score-watch.ts";

/** The target of the incident that opens when the metrics source itself does not answer. */
const METRICS_TARGET = "metrics";

const BLIND_AFTER_SCORINGS = 3;
const BLIND_AFTER_MS = 10_000;
const LOOK_EVERY_MS = 60_000;

export type BlindnessDeps = { readonly store: Store; readonly jobs: Pick<JobQueue, "nudge"> };

/** Notices targets whose metrics stopped coming, and opens and resolves their "blind" incidents. */
export type Blindness = {
	/** Takes in one scoring of a watch; `known` are the targets the watch has seen before. */
	observe(watch: Watch, scoring: Scoring, known: readonly string[], atMs: number): Promise<void>;
};

type Miss = { readonly sinceMs: number; readonly count: number };

/**
 * Keeps counts in memory only: after a restart, three scorings decide anew. Blind incidents of former owners are looked
 * up once a minute, and resolved when their target is seen.
 */
export function createBlindness(deps: BlindnessDeps): Blindness {
	/** By watch: the targets it misses now. */
	const misses = new Map<string, ReadonlyMap<string, Miss>>();
	/** By place: the watches that are blind there, all under one incident. */
	const blind = new Map<string, Set<string>>();
	/** Places with an open incident that nobody here opened. */
	const inherited = new Set<string>();
	let lookedAtMs = Number.NEGATIVE_INFINITY;

	const look = async (atMs: number) => {
		if (atMs - lookedAtMs < LOOK_EVERY_MS) return;
		const { items } = await deps.store.incidents.list({ status: "open" }, { limit: 200 });
		lookedAtMs = atMs;
		inherited.clear();
		for (const incident of items.filter(({ kind }) => kind === "blind"))
			if (!blind.has(placeOf(incident.environment, incident.target)))
				inherited.add(placeOf(incident.environment, incident.target));
	};

	const miss = async (
		watch: Watch,
		target: string,
		problem: string | undefined,
		found: Miss,
		atMs: number,
	) => {
		if (found.count < BLIND_AFTER_SCORINGS || atMs - found.sinceMs < BLIND_AFTER_MS) return;
		const place = placeOf(watch.environment, target);
		const watches = blind.get(place);
		if (watches) {
			watches.add(watch.name);
			return;
		}
		blind.set(place, new Set([watch.name]));
		try {
			await openBlind(deps, watch, target, problem, found.sinceMs);
		} catch (error) {
			blind.delete(place);
			throw error;
		}
	};

	const see = async (watch: Watch, target: string) => {
		const place = placeOf(watch.environment, target);
		const watches = blind.get(place);
		watches?.delete(watch.name);
		if (watches ? watches.size > 0 : !inherited.has(place)) return;
		blind.delete(place);
		// Until the commit it counts as open, so that a failure here is made good at the next sight.
		inherited.add(place);
		await resolveBlind(deps, watch.environment, target);
		inherited.delete(place);
	};

	return {
		observe: async (watch, scoring, known, atMs) => {
			if (scoring.failed && !scoring.silent) return;
			await look(atMs);
			const lost = scoring.failed
				? [METRICS_TARGET]
				: known.filter((target) => !scoring.targets.includes(target));
			const before = misses.get(watch.name);
			const now = new Map(scoring.failed ? before : []);
			for (const target of lost) {
				const { sinceMs = atMs, count = 0 } = before?.get(target) ?? {};
				now.set(target, { sinceMs, count: count + 1 });
			}
			misses.set(watch.name, now);
			for (const target of lost) {
				const found = now.get(target);
				if (found) await miss(watch, target, scoring.problem, found, atMs);
			}
			const seen = scoring.failed ? [] : [METRICS_TARGET, ...scoring.targets];
			for (const target of seen) await see(watch, target);
		},
	};
}

function placeOf(environment: string, target: string): string {
	return `${environment}\n${target}`;
}

/** The words of a blind incident: what does not come, since when nothing can be said, and what to check. */
function describe(watch: Watch, target: string, problem: string | undefined) {
	if (target === METRICS_TARGET)
		return {
			title: "metrics: the source does not answer",
			explanation: `Nothing can be said about any target until it answers again. ${problem ?? ""}`.trim(),
		};
	return {
		title: `${target}: metrics stopped coming`,
		explanation: `The watch ${watch.name} gets no values, so nothing can be said about ${target}. Check that it runs and that its metrics endpoint answers.`,
	};
}

async function openBlind(
	deps: BlindnessDeps,
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

async function resolveBlind(deps: BlindnessDeps, environment: string, target: string): Promise<void> {
	const open = await deps.store.transaction(async (stores): Promise<Incident | undefined> => {
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
