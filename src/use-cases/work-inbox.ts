import { AppError, toAppError } from "../domain/errors.ts";
import type { InboxEntry, StoredInboxEntry } from "../domain/inbox-entry.ts";
import type { InboxStore } from "../ports/chat-stores.ts";
import type { Clock } from "../ports/clock.ts";
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
};

export type WorkingInbox = Inbox & {
	/** Whose entries are worked on here, and how. To be called once for each platform, before `start`. */
	serve(platform: string, work: InboxWork): void;
	/** Begins to look for entries that a crash or a failure left. */
	start(): void;
	/** How many commits and entries wait in this process, and how many deliveries were turned away. */
	load(): { readonly committing: number; readonly waiting: number; readonly shed: number };
	/** Takes nothing more, commits what waits, lets running work end for at most `graceSeconds`. */
	stop(graceSeconds: number): Promise<void>;
};

/** The id of a new entry, and whether this process alone may work on it for now. */
type Kept = { readonly id: string | undefined; readonly held: boolean };

/** What is accepted now is worked on by this process alone for so long; then any process may take it. */
const HOLD_SECONDS = 120;
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
export function createInbox({ inbox, owner, clock, logger }: InboxDeps): WorkingInbox {
	const works = new Map<string, InboxWork>();
	const waiting: (StoredInboxEntry & { readonly heldUntilMs: number })[] = [];
	const running = new Set<Promise<void>>();
	let shed = 0;
	let full = false;
	let sweeps = 0;
	let over = false;
	let sweeper: NodeJS.Timeout | undefined;

	const turnAway = () => {
		shed += 1;
		return new AppError("limited", "More arrives than can be taken in; try again in a moment.", {
			retryAfterSeconds: 1,
		});
	};
	const commits = batchCommits<InboxEntry, Kept>(
		async (entries) => {
			const held = waiting.length + entries.length <= MOST_WAITING;
			const ids = await inbox.accept(entries, owner, held ? HOLD_SECONDS : 0);
			return ids.map((id) => ({ id, held }));
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
			// Too late for it here: another process may hold it by the time the work is done.
			if (clock.now() > entry.heldUntilMs - (HOLD_SECONDS * 1000) / 2) continue;
			const task: Promise<void> = runOne(entry).finally(() => {
				running.delete(task);
				setImmediate(pump);
			});
			running.add(task);
		}
	};
	const take = (entries: readonly StoredInboxEntry[]) => {
		const heldUntilMs = clock.now() + HOLD_SECONDS * 1000;
		for (const entry of entries) waiting.push({ ...entry, heldUntilMs });
		setImmediate(pump);
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
		return commits.add(entry);
	};

	return {
		serve: (platform, work) => void works.set(platform, work),
		accept: async (entry) => {
			const { id, held } = await commit(entry);
			if (id === undefined) return false;
			if (held) take([{ ...entry, id, receivedAtMs: clock.now(), attempts: 1 }]);
			return true;
		},
		acceptAndWork: async (entry, work) => {
			const { id } = await commit(entry);
			if (id === undefined) return undefined;
			try {
				const result = await work(id);
				await inbox.finish(id);
				return { result };
			} catch (error) {
				await inbox.release(id, 1).catch(() => undefined);
				throw error;
			}
		},
		start: () => {
			const again = () => {
				void sweep().finally(() => {
					if (!over) sweeper = setTimeout(again, SWEEP_MS).unref();
				});
			};
			again();
		},
		load: () => ({ committing: commits.waiting(), waiting: waiting.length, shed }),
		stop: async (graceSeconds) => {
			over = true;
			clearTimeout(sweeper);
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
