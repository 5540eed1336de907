import { setImmediate as nextTurn } from "node:timers/promises";
import { toAppError } from "../../src/domain/errors.ts";
import type { Watch } from "../../src/domain/watch.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { Logger } from "../../src/ports/logger.ts";
import type { LeaseStore, WatchStore } from "../../src/ports/store.ts";
import type { WatchGone } from "../../src/use-cases/blind-incidents.ts";
import type { WatchScorer } from "../../src/use-cases/score-watch.ts";
import type { Blindness } from "../../src/use-cases/watch-blindness.ts";
import { type Held, keep, leaseName, renew, save } from "./hold-watch.ts";

/** How often it is looked whether a lease is due to be renewed, and whether something is due to be saved. */
const KEEP_EVERY_MS = 1000;

export type RunWatchesDeps = {
	readonly scorers: readonly WatchScorer[];
	readonly blindness: Pick<Blindness, "observe" | "forget" | "end">;
	readonly leases: LeaseStore;
	readonly states: Pick<WatchStore, "dropChunks">;
	readonly owner: string;
	readonly clock: Clock;
	readonly logger: Logger;
};

/** What a running schedule gives back. */
export type RunningWatches = {
	/**
	 * Stops what is not in the new set, then begins what is new in it. The state of a watch that is there with the same
	 * query is saved; of one that is not, the state is deleted and its blind incidents end. One call after another.
	 */
	replace(scorers: readonly WatchScorer[]): Promise<void>;
	/** Saves the state of every watch held here and waits for what runs. */
	stop(): Promise<void>;
};

/** `gone`: why nobody will score the watch as it is any more; else its state is saved. */
type Loop = { stop(gone?: WatchGone): Promise<void> };

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
		const next = stopped ? undefined : scorers.map(({ watch }) => watch);
		await Promise.all(gone.map(([{ watch }, loop]) => loop.stop(next && goneOf(watch, next))));
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

/** What became of a watch that is not scored as it was: undefined where it still observes the same. Pure. */
function goneOf(watch: Watch, next: readonly Watch[]): WatchGone | undefined {
	const same = next.find(({ name }) => name === watch.name);
	if (!same) return "removed";
	const observes = ({ query, environment, target }: Watch) => JSON.stringify([query, environment, target]);
	return observes(same) === observes(watch) ? undefined : "changed";
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
		// Whoever was asleep meanwhile may not own it any more: what it saw then says nothing about now.
		const { token } = held;
		await renew(deps, scorer, held);
		if (held.token === token) await deps.blindness.observe(watch, scoring, known, nowMs);
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
						const told = toAppError(error);
						const taken = told.code === "conflict";
						if (taken) held.renewAtMs = 0;
						deps.logger[taken ? "warn" : "error"]("a watch could not be scored", {
							watch: watch.name,
							error: told,
						});
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
		stop: async (gone) => {
			stopped = true;
			clearTimeout(timer);
			clearInterval(keepTimer);
			await keeping;
			await running;
			if (held.token === undefined) return;
			const end = gone ? forgetGone(deps, watch, held.token, gone) : save(deps, scorer, held, true);
			await end.catch((error: unknown) => {
				deps.logger.warn("the state of a watch could not be saved", { watch: watch.name, error });
			});
			await deps.leases.release(leaseName(scorer), deps.owner).catch(() => undefined);
		},
	};
}

/** What was learned of another query would be wrong for the next watch of this name. */
async function forgetGone(deps: RunWatchesDeps, watch: Watch, token: number, gone: WatchGone): Promise<void> {
	await deps.states.dropChunks(watch.name, 0, token);
	await deps.blindness.end(watch, gone);
}
