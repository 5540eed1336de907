import { setImmediate as nextTurn } from "node:timers/promises";
import { toAppError } from "../../src/domain/errors.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { Logger } from "../../src/ports/logger.ts";
import type { LeaseStore } from "../../src/ports/store.ts";
import type { WatchScorer } from "../../src/use-cases/score-watch.ts";
import type { Blindness } from "../../src/use-cases/watch-blindness.ts";

/**
 * A lease is shorter than the watch's interval, within these bounds: whoever dies is followed by another within two
 * intervals, where they are 6 s or more. It is renewed beside the scoring, three times as often.
 */
const SHORTEST_LEASE_SECONDS = 5;
const LONGEST_LEASE_SECONDS = 30;
const LEASE_SHARE = 0.8;
/** How often it is looked whether a lease is due to be renewed, and whether something is due to be saved. */
const KEEP_EVERY_MS = 1000;
const SAVE_EVERY_MS = 5000;

export type RunWatchesDeps = {
	readonly scorers: readonly WatchScorer[];
	readonly blindness: Blindness;
	readonly leases: LeaseStore;
	readonly owner: string;
	readonly clock: Clock;
	readonly logger: Logger;
};

/** What a running schedule gives back. */
export type RunningWatches = {
	/** Stops what is not in the new set, saving its state, then begins what is new in it. One call after another. */
	replace(scorers: readonly WatchScorer[]): Promise<void>;
	/** Saves the state of every watch held here and waits for what runs. */
	stop(): Promise<void>;
};

type Loop = { stop(): Promise<void> };

type Held = { token: number | undefined; renewAtMs: number; saveAtMs: number; learned: boolean };

/**
 * Scores each watch at its interval for as long as this process holds the watch's lease. A slow query delays its own
 * watch only: a beat that finds the one before still running is left out.
 */
export function runWatches(deps: RunWatchesDeps): RunningWatches {
	const loops = new Map<WatchScorer, Loop>();
	let stopped = false;
	let last = Promise.resolve();
	const change = async (scorers: readonly WatchScorer[]) => {
		const gone = [...loops].filter(([scorer]) => !scorers.includes(scorer));
		for (const [scorer] of gone) loops.delete(scorer);
		await Promise.all(gone.map(([, loop]) => loop.stop()));
		if (stopped) return;
		for (const [index, scorer] of scorers.entries())
			if (!loops.has(scorer)) loops.set(scorer, startLoop(deps, scorer, index / scorers.length));
	};
	const replace = (scorers: readonly WatchScorer[]) => {
		last = last.then(() => change(scorers));
		return last;
	};
	for (const [index, scorer] of deps.scorers.entries())
		loops.set(scorer, startLoop(deps, scorer, index / deps.scorers.length));
	return {
		replace,
		stop: async () => {
			stopped = true;
			await replace([]);
		},
	};
}

/** `place`: 0-1, where in its interval the watch has its turn. */
function startLoop(deps: RunWatchesDeps, scorer: WatchScorer, place: number): Loop {
	const { watch } = scorer;
	const intervalMs = watch.intervalSeconds * 1000;
	const held: Held = { token: undefined, renewAtMs: 0, saveAtMs: 0, learned: false };
	let running: Promise<void> | undefined;
	let stopped = false;

	const beat = async () => {
		await renew(deps, scorer, held);
		while (held.token !== undefined && !held.learned) {
			if (stopped) return;
			held.learned = !(await scorer.learnHistory(deps.clock.now()));
			// A source within this process answers without waiting for anything.
			await nextTurn();
			await renew(deps, scorer, held);
		}
		if (held.token === undefined || stopped) return;
		const nowMs = deps.clock.now();
		const known = scorer.targets();
		const scoring = await scorer.score(nowMs);
		await deps.blindness.observe(watch, scoring, known, nowMs);
	};

	let keeping: Promise<void> | undefined;
	const keepTimer = setInterval(() => {
		keeping ??= keep(deps, scorer, held).finally(() => {
			keeping = undefined;
		});
	}, KEEP_EVERY_MS);

	// Watches of one interval are spread over it, so that their queries do not meet.
	const offset = intervalMs * place;
	let timer: NodeJS.Timeout;
	const next = () => {
		if (stopped) return;
		const now = deps.clock.now();
		const delay = intervalMs - ((((now - offset) % intervalMs) + intervalMs) % intervalMs);
		timer = setTimeout(
			() => {
				running ??= beat()
					.catch((error: unknown) => {
						deps.logger.error("a watch could not be scored", { watch: watch.name, error: toAppError(error) });
					})
					.finally(() => {
						running = undefined;
					});
				next();
			},
			Math.max(1, delay),
		);
	};
	next();

	return {
		stop: async () => {
			stopped = true;
			clearTimeout(timer);
			clearInterval(keepTimer);
			await keeping;
			await running;
			if (held.token === undefined) return;
			await save(scorer, held, deps.clock.now(), true).catch((error: unknown) => {
				deps.logger.warn("the state of a watch could not be saved", { watch: watch.name, error });
			});
			await deps.leases.release(leaseName(scorer), deps.owner).catch(() => undefined);
		},
	};
}

/** Takes the lease or renews it, where that is due; whoever takes it reads the state of the last owner. */
async function renew(deps: RunWatchesDeps, scorer: WatchScorer, held: Held): Promise<void> {
	const nowMs = deps.clock.now();
	if (nowMs < held.renewAtMs) return;
	const token = await acquire(deps, scorer, held, nowMs);
	if (token !== undefined && token !== held.token) {
		await scorer.restore(token);
		held.learned = false;
		held.saveAtMs = nowMs + SAVE_EVERY_MS;
	}
	held.token = token;
}

async function acquire(
	deps: RunWatchesDeps,
	scorer: WatchScorer,
	held: Held,
	nowMs: number,
): Promise<number | undefined> {
	const share = LEASE_SHARE * scorer.watch.intervalSeconds;
	const leaseSeconds = Math.min(LONGEST_LEASE_SECONDS, Math.max(SHORTEST_LEASE_SECONDS, share));
	const token = await deps.leases.acquire(leaseName(scorer), deps.owner, leaseSeconds);
	held.renewAtMs = nowMs + (leaseSeconds * 1000) / 3;
	return token;
}

/** Beside the scoring: renews the lease that is held, and saves what is due. What fails is tried again. */
async function keep(deps: RunWatchesDeps, scorer: WatchScorer, held: Held): Promise<void> {
	const nowMs = deps.clock.now();
	const before = held.token;
	try {
		if (before !== undefined && nowMs >= held.renewAtMs) {
			const token = await acquire(deps, scorer, held, nowMs);
			// Another had it meanwhile: the next beat takes it anew, with the state that is saved now.
			if (token !== before && held.token === before) {
				held.token = undefined;
				held.renewAtMs = 0;
			}
		}
		if (nowMs >= held.saveAtMs) await save(scorer, held, nowMs);
	} catch (error) {
		deps.logger.warn("a watch could not be kept", { watch: scorer.watch.name, error: toAppError(error) });
	}
}

async function save(scorer: WatchScorer, held: Held, nowMs: number, all = false): Promise<void> {
	if (held.token === undefined) return;
	held.saveAtMs = nowMs + SAVE_EVERY_MS;
	try {
		await scorer.save(held.token, all);
	} catch (error) {
		// Another replica has written since: this one must not score on until it holds the lease again.
		if (toAppError(error).code === "conflict") held.token = undefined;
		throw error;
	}
}

function leaseName(scorer: WatchScorer): string {
	return `watch:${scorer.watch.name}`;
}
