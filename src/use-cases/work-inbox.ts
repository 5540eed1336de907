import { AppError, toAppError } from "../domain/errors.ts";
import type { InboxEntry, StoredInboxEntry } from "../domain/inbox-entry.ts";
import type { InboxStore } from "../ports/chat-stores.ts";
import type { Clock } from "../ports/clock.ts";
import { type Failpoint, noFailpoint } from "../ports/failpoint.ts";
import type { Inbox } from "../ports/inbox.ts";
import type { Logger } from "../ports/logger.ts";
import { batchCommits } from "./batch-commits.ts";
import { judgeInboxFailure } from "./judge-inbox-failure.ts";

/** Works on the entries of one platform; see `ChatIntake.work`. */
export type InboxWork = (payload: unknown, entryId: string) => Promise<void>;

export type InboxDeps = {
	readonly inbox: InboxStore;
	/** Names this process in the claims it holds. */
	readonly owner: string;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly failpoint?: Failpoint;
};

export type WorkingInbox = Inbox & {
	/** Whose entries are worked on here, and how. To be called once for each platform, before `start`. */
	serve(platform: string, work: InboxWork): void;
	/** Frees what an earlier life of this owner held. To be called before anything is accepted. */
	resume(): Promise<void>;
	/** Begins to work on what was left, and to hold what it works on. */
	start(): void;
	/** How many commits and entries wait in this process, and how many deliveries were turned away. */
	load(): { readonly committing: number; readonly waiting: number; readonly shed: number };
	/** Takes nothing more, commits what waits, lets running work end for at most `graceSeconds`. */
	stop(graceSeconds: number): Promise<void>;
};

/** The id of a new entry, and whether this process alone may work on it for now. */
type Kept = { readonly id: string | undefined; readonly isHeld: boolean };

/** What a process that is gone held is free after so long; one that lives renews it. */
const HOLD_SECONDS = 30;
const RENEW_MS = 10_000;
const SWEEP_MS = 2000;
/** Senders wait three seconds; one of them is for the commit itself and the way back. */
const LONGEST_COMMIT_WAIT_MS = 1000;
const BUSY_COMMITS = 100;
const BUSY_PAUSE_MS = 50;
/** Counting reads every unfinished row: often enough to notice a backlog, too seldom to cost anything. */
const SWEEPS_A_COUNT = 15;
const MOST_AT_ONCE = 12;
/** Entries that wait in memory; the others wait in the store until a sweep takes them. */
const MOST_WAITING = 200;
const MOST_UNWORKED = 100_000;

/**
 * The inbox of this process. Entries that arrive while a commit is on its way share the next one, so that the disk is
 * asked once for many; more than 1,000 waiting for a commit, or 100,000 not worked on, are turned away.
 */
export function createInbox(deps: InboxDeps): WorkingInbox {
	const { inbox, owner, clock, logger, failpoint = noFailpoint } = deps;
	const works = new Map<string, InboxWork>();
	const waiting: StoredInboxEntry[] = [];
	const running = new Set<Promise<void>>();
	/** What this process holds, and until when that is sure. */
	const held = new Set<string>();
	let surelyHeldUntilMs = Number.POSITIVE_INFINITY;
	let shed = 0;
	let full = false;
	let sweeps = 0;
	let over = false;
	let sweeper: NodeJS.Timeout | undefined;
	let renewer: NodeJS.Timeout | undefined;

	const turnAway = () => {
		shed += 1;
		return new AppError("limited", "More arrives than can be taken in; try again in a moment.", {
			retryAfterSeconds: 1,
		});
	};
	const commits = batchCommits<InboxEntry, Kept>(
		async (entries) => {
			const isHeld = waiting.length + entries.length <= MOST_WAITING;
			const ids = await inbox.accept(entries, owner, isHeld ? HOLD_SECONDS : 0);
			return ids.map((id) => ({ id, isHeld }));
		},
		{
			mostWaiting: 1000,
			mostInBatch: 200,
			longestWaitMs: LONGEST_COMMIT_WAIT_MS,
			nowMs: () => performance.now(),
			tooLate: turnAway,
		},
	);

	const runOne = async (entry: StoredInboxEntry) => {
		const work = works.get(entry.platform);
		failpoint("delivery-acknowledged");
		try {
			if (!work) throw new AppError("unsupported", `Nothing here works on what ${entry.platform} delivers.`);
			await work(entry.payload, entry.id);
			await inbox.finish(entry.id);
		} catch (thrown) {
			const failure = judgeInboxFailure(entry.attempts, toAppError(thrown));
			const fields = { entry: entry.id, platform: entry.platform, attempt: entry.attempts, error: thrown };
			if (failure.kind === "given_up") logger.error("a delivery could not be worked on", fields);
			else logger.warn("a delivery will be worked on again", fields);
			await (failure.kind === "given_up"
				? inbox.finish(entry.id, failure.problem)
				: inbox.release(entry.id, failure.afterSeconds)
			).catch((error: unknown) =>
				logger.warn("a delivery keeps its claim until it runs out", { ...fields, error }),
			);
		}
	};
	const pump = () => {
		// Acknowledging comes first: work waits in the store, a sender does not.
		if (commits.waiting() > BUSY_COMMITS) return void setTimeout(pump, BUSY_PAUSE_MS).unref();
		while (running.size < MOST_AT_ONCE) {
			const entry = over ? undefined : waiting.shift();
			if (!entry) return;
			// The store did not answer for so long that another process may hold it by now.
			if (clock.now() > surelyHeldUntilMs) {
				held.delete(entry.id);
				continue;
			}
			const task: Promise<void> = runOne(entry).finally(() => {
				running.delete(task);
				held.delete(entry.id);
				setImmediate(pump);
			});
			running.add(task);
		}
	};
	const take = (entries: readonly StoredInboxEntry[]) => {
		for (const entry of entries) {
			held.add(entry.id);
			waiting.push(entry);
		}
		setImmediate(pump);
	};
	/** Work may last longer than a hold: what is here stays here for as long as this process lives. */
	const renew = async () => {
		const atMs = clock.now();
		try {
			if (held.size > 0) await inbox.renew([...held], owner, HOLD_SECONDS);
			surelyHeldUntilMs = atMs + HOLD_SECONDS * 1000;
		} catch (error) {
			logger.warn("what is being worked on could not be held", { error: toAppError(error) });
		}
	};
	const sweep = async () => {
		try {
			if (sweeps % SWEEPS_A_COUNT === 0) full = (await inbox.count()).waiting > MOST_UNWORKED;
			sweeps += 1;
			const room = MOST_AT_ONCE * 2 - waiting.length;
			if (room > 0 && !over) take(await inbox.claim(owner, room, HOLD_SECONDS));
		} catch (error) {
			logger.warn("the inbox could not be looked through", { error: toAppError(error) });
		}
	};
	const commit = async (entry: InboxEntry) => {
		if (over || full || commits.waiting() >= commits.mostWaiting) throw turnAway();
		failpoint("inbox-verified");
		const kept = await commits.add(entry);
		failpoint("inbox-committed");
		return kept;
	};

	return {
		serve: (platform, work) => void works.set(platform, work),
		accept: async (entry) => {
			const { id, isHeld } = await commit(entry);
			if (id === undefined) return false;
			if (isHeld) take([{ ...entry, id, receivedAtMs: clock.now(), attempts: 1 }]);
			return true;
		},
		acceptAndWork: async (entry, work) => {
			const { id } = await commit(entry);
			if (id === undefined) return undefined;
			held.add(id);
			try {
				const result = await work(id);
				await inbox.finish(id);
				return { result };
			} catch (error) {
				await inbox.release(id, 1).catch(() => undefined);
				throw error;
			} finally {
				held.delete(id);
			}
		},
		start: () => {
			const again = () => {
				void sweep().finally(() => {
					if (!over) sweeper = setTimeout(again, SWEEP_MS).unref();
				});
			};
			renewer = setInterval(() => void renew(), RENEW_MS).unref();
			again();
		},
		resume: async () => {
			try {
				await inbox.resume(owner);
			} catch (error) {
				logger.warn("what an earlier life held is taken up when its hold runs out", {
					error: toAppError(error),
				});
			}
		},
		load: () => ({ committing: commits.waiting(), waiting: waiting.length, shed }),
		stop: async (graceSeconds) => {
			over = true;
			clearTimeout(sweeper);
			clearInterval(renewer);
			await commits.drain();
			let grace: NodeJS.Timeout | undefined;
			const late = new Promise<void>((done) => {
				grace = setTimeout(done, graceSeconds * 1000);
			});
			await Promise.race([Promise.all(running), late]);
			clearTimeout(grace);
		},
	};
}
