import type { Watch } from "../domain/watch.ts";
import {
	type BlindIncidentDeps,
	closeBlind,
	METRICS_TARGET,
	openBlind,
	resolveBlind,
	targetOfWatch,
	type WatchGone,
} from "./blind-incidents.ts";
import type { Scoring } from "./score-watch.ts";

const BLIND_AFTER_SCORINGS = 3;
const BLIND_AFTER_MS = 10_000;
const LOOK_EVERY_MS = 60_000;
/** Open incidents that are looked at. */
const MOST_OPEN = 200;
/** Under this the failures of a watch's query are counted; no target has it as its name. */
const FAILING = "";

/**
 * Notices targets whose metrics stopped coming, watches whose query fails while the source answers others, and a source
 * that answers nobody; opens and resolves their "blind" incidents.
 */
export type Blindness = {
	/** Takes in one scoring of a watch; `known` are the targets the watch has seen before. */
	observe(watch: Watch, scoring: Scoring, known: readonly string[], atMs: number): Promise<void>;
	/** Forgets what was counted of a watch: another replica may score it. Its incidents stay open. */
	forget(watch: Watch): void;
	/** Forgets a watch for good, and ends the blind incidents that no other watch here is in. */
	end(watch: Watch, why: WatchGone): Promise<void>;
	/** Whether a watch that is scored here sees nothing at this place. */
	isBlind(environment: string, target: string): boolean;
};

type Miss = { readonly sinceMs: number; readonly count: number };

/** The watches that see nothing at a place, and whether their incident was committed. */
type Blind = { readonly watches: Set<string>; opened: boolean };

/**
 * Keeps counts in memory only: after a restart, three scorings decide anew. Blind incidents of former owners are looked
 * up once a minute, and resolved when their target is seen.
 */
export function createBlindness(deps: BlindIncidentDeps): Blindness {
	/** By watch: the targets it misses now. */
	const misses = new Map<string, ReadonlyMap<string, Miss>>();
	/** By place: the watches that are blind there, all under one incident. */
	const blind = new Map<string, Blind>();
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
		const believed = [...blind].filter(([, { opened }]) => opened);
		const { items } = await deps.store.incidents.list({ status: "open" }, { limit: MOST_OPEN });
		lookedAtMs = atMs;
		const open = new Set(
			items.filter(({ kind }) => kind === "blind").map((one) => placeOf(one.environment, one.target)),
		);
		// Another replica ended what a watch here is still blind to: its next miss opens an incident again.
		if (items.length < MOST_OPEN)
			for (const [place, found] of believed)
				if (!open.has(place) && blind.get(place) === found) blind.delete(place);
		inherited.clear();
		for (const place of open) if (!blind.has(place)) inherited.add(place);
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
		const known = blind.get(place);
		if (known) {
			known.watches.add(watch.name);
			return;
		}
		const opening = { watches: new Set([watch.name]), opened: false };
		blind.set(place, opening);
		try {
			await openBlind(deps, watch, target, problem, found.sinceMs);
			opening.opened = true;
		} catch (error) {
			blind.delete(place);
			throw error;
		}
	};

	const see = async (watch: Watch, target: string) => {
		const place = placeOf(watch.environment, target);
		const known = blind.get(place);
		known?.watches.delete(watch.name);
		if (known ? known.watches.size > 0 : !inherited.has(place)) return;
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

	/** Forgets a watch; gives the targets that nobody here is blind to any more. */
	const leave = ({ name, environment }: Watch): readonly string[] => {
		misses.delete(name);
		const left: string[] = [];
		for (const [place, { watches }] of blind) {
			if (!watches.delete(name) || watches.size > 0) continue;
			blind.delete(place);
			inherited.add(place);
			left.push(place.slice(environment.length + 1));
		}
		return left;
	};

	return {
		forget: (watch) => void leave(watch),
		end: async (watch, why) => {
			for (const target of leave(watch)) {
				await closeBlind(deps, watch, target, why);
				inherited.delete(placeOf(watch.environment, target));
			}
		},
		isBlind: (environment, target) => blind.has(placeOf(environment, target)),
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

function placeOf(environment: string, target: string): string {
	return `${environment}\n${target}`;
}
