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
/** Under this the failures of a watch's query are counted; no target has it as its name. */
const FAILING = "";

export type BlindnessDeps = { readonly store: Store; readonly jobs: Pick<JobQueue, "nudge"> };

/**
 * Notices targets whose metrics stopped coming, watches whose query fails while the source answers others, and a source
 * that answers nobody; opens and resolves their "blind" incidents.
 */
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
	/** By environment: when the source last answered any watch. */
	const answeredAtMs = new Map<string, number>();
	let lookedAtMs = Number.NEGATIVE_INFINITY;

	/** Whether only this watch is blind: the source refuses its query, or answers others since it failed. */
	const failsAlone = (watch: Watch, scoring: Scoring, sinceMs: number): boolean =>
		!scoring.silent || (answeredAtMs.get(watch.environment) ?? Number.NEGATIVE_INFINITY) > sinceMs;

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

	const isLost = (environment: string, target: string) => {
		if (blind.size === 0 && inherited.size === 0) return false;
		const place = placeOf(environment, target);
		return blind.has(place) || inherited.has(place);
	};

	return {
		observe: async (watch, scoring, known, atMs) => {
			await look(atMs);
			const before = misses.get(watch.name);
			const missed = (target: string): Miss => {
				const { sinceMs = atMs, count = 0 } = before?.get(target) ?? {};
				return { sinceMs, count: count + 1 };
			};
			if (scoring.failed) {
				const found = missed(FAILING);
				misses.set(watch.name, new Map([...(before ?? []), [FAILING, found]]));
				const alone = failsAlone(watch, scoring, found.sinceMs);
				await miss(watch, alone ? targetOfWatch(watch) : METRICS_TARGET, scoring.problem, found, atMs);
				if (alone && isLost(watch.environment, METRICS_TARGET)) await see(watch, METRICS_TARGET);
				return;
			}
			answeredAtMs.set(watch.environment, atMs);
			const present = new Set(scoring.targets);
			const lost = known.filter((target) => !present.has(target));
			const now = new Map(lost.map((target) => [target, missed(target)]));
			misses.set(watch.name, now);
			for (const [target, found] of now) await miss(watch, target, scoring.problem, found, atMs);
			for (const target of [METRICS_TARGET, targetOfWatch(watch), ...scoring.targets])
				if (isLost(watch.environment, target)) await see(watch, target);
		},
	};
}

/** The target of a blind incident that is about one watch. */
function targetOfWatch(watch: Watch): string {
	return `watch ${watch.name}`;
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
