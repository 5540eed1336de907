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
const SAVE_EVERY_MS = 5000;

export type HoldWatchDeps = {
	readonly blindness: Pick<Blindness, "forget">;
	readonly leases: LeaseStore;
	readonly owner: string;
	readonly clock: Clock;
	readonly logger: Logger;
};

/** What a process knows of its hold on a watch; `token` is undefined while another has it, as far as is known. */
export type Held = { token: number | undefined; renewAtMs: number; saveAtMs: number; learned: boolean };

/** Takes the lease or renews it, where that is due; whoever takes it reads the state of the last owner. */
export async function renew(deps: HoldWatchDeps, scorer: WatchScorer, held: Held): Promise<void> {
	const nowMs = deps.clock.now();
	if (nowMs < held.renewAtMs) return;
	const token = await acquire(deps, scorer, held, nowMs);
	if (token !== held.token) deps.blindness.forget(scorer.watch);
	if (token !== undefined && token !== held.token) {
		await scorer.restore(token);
		held.learned = false;
		held.saveAtMs = nowMs + SAVE_EVERY_MS;
	}
	held.token = token;
}

async function acquire(
	deps: HoldWatchDeps,
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
export async function keep(deps: HoldWatchDeps, scorer: WatchScorer, held: Held): Promise<void> {
	const nowMs = deps.clock.now();
	const before = held.token;
	try {
		if (before !== undefined && nowMs >= held.renewAtMs) {
			const token = await acquire(deps, scorer, held, nowMs);
			// Another had it meanwhile: the next beat takes it anew, with the state that is saved now.
			if (token !== before && held.token === before) {
				lose(deps, scorer, held);
				held.renewAtMs = 0;
			}
		}
		if (nowMs >= held.saveAtMs) await save(deps, scorer, held);
	} catch (error) {
		deps.logger.warn("a watch could not be kept", { watch: scorer.watch.name, error: toAppError(error) });
	}
}

/** Saves what is due, or all of it, where the watch is held. AppError `conflict` where another has claimed it. */
export async function save(deps: HoldWatchDeps, scorer: WatchScorer, held: Held, all = false): Promise<void> {
	if (held.token === undefined) return;
	held.saveAtMs = deps.clock.now() + SAVE_EVERY_MS;
	try {
		await scorer.save(held.token, all);
	} catch (error) {
		// Another replica has written since: this one must not score on until it holds the lease again.
		if (toAppError(error).code === "conflict") lose(deps, scorer, held);
		throw error;
	}
}

function lose({ blindness }: HoldWatchDeps, { watch }: WatchScorer, held: Held): void {
	held.token = undefined;
	blindness.forget(watch);
}

/** What the lease of a watch is called. */
export function leaseName(scorer: WatchScorer): string {
	return `watch:${scorer.watch.name}`;
}
