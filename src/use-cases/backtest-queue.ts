import { AppError } from "../domain/errors.ts";

const AT_ONCE = 2;
const MOST_WAITING = 8;

/** Lets at most two replays of this process run at once, and eight more wait for their turn. */
export type BacktestQueue = {
	/**
	 * Runs `work` when it is its turn; `waiting` is told how many are before it.
	 * @throws AppError `limited` where too many wait; what `signal` says; what `work` throws
	 */
	run<T>(work: () => Promise<T>, waiting?: (before: number) => void, signal?: AbortSignal): Promise<T>;
};

type Turn = { start(): void; moved(before: number): void };

/** An empty queue, one for each process. */
export function createBacktestQueue(): BacktestQueue {
	const turns: Turn[] = [];
	let running = 0;
	const next = () => {
		const turn = running < AT_ONCE ? turns.shift() : undefined;
		if (!turn) return;
		running += 1;
		turn.start();
		for (const [before, one] of turns.entries()) one.moved(before + 1);
	};
	const wait = (waiting: (before: number) => void, signal: AbortSignal | undefined) =>
		new Promise<void>((resolve, reject) => {
			const turn: Turn = {
				start: () => {
					signal?.removeEventListener("abort", leave);
					resolve();
				},
				moved: waiting,
			};
			const leave = () => {
				turns.splice(turns.indexOf(turn), 1);
				reject(new AppError("gone", "Nobody waits for this replay any more."));
			};
			signal?.addEventListener("abort", leave, { once: true });
			turns.push(turn);
			if (turns.length > 0 && running >= AT_ONCE) waiting(turns.length);
			next();
		});
	return {
		run: async (work, waiting = () => undefined, signal) => {
			if (turns.length >= MOST_WAITING)
				throw new AppError("limited", "Too many replays wait for their turn; try again in a minute.", {
					retryAfterSeconds: 60,
				});
			await wait(waiting, signal);
			try {
				return await work();
			} finally {
				running -= 1;
				next();
			}
		},
	};
}
