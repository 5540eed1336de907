import type { Clock } from "../../ports/clock.ts";

/** Something that runs again and again until it is stopped. `stop` waits for the run under way. */
export type Loop = { readonly stop: () => Promise<void> };

/** The next whole multiple of the interval after `nowMs`. */
export function nextTickMs(nowMs: number, intervalMs: number): number {
	return (Math.floor(nowMs / intervalMs) + 1) * intervalMs;
}

/**
 * The time to put on what a tick measured: the tick itself when it ran at most 1 % of the interval (at least 2 ms)
 * late, which keeps samples evenly spaced and small to store; else the real time.
 */
export function stampMs(tickMs: number, nowMs: number, intervalMs: number): number {
	const tolerance = Math.max(2, intervalMs / 100);
	return Math.abs(nowMs - tickMs) <= tolerance ? tickMs : Math.trunc(nowMs);
}

/**
 * Runs `run` at every whole multiple of the interval, one at a time: ticks that fall into a run are left out. `run`
 * gets the time to stamp its samples with and must not reject. Does not keep the process alive.
 */
export function startAlignedLoop(
	clock: Clock,
	intervalMs: number,
	run: (atMs: number) => Promise<void>,
): Loop {
	let stopped = false;
	let timer: NodeJS.Timeout | undefined;
	let running: Promise<void> = Promise.resolve();

	const schedule = (): void => {
		if (stopped) return;
		const nowMs = clock.now();
		const tickMs = nextTickMs(nowMs, intervalMs);
		timer = setTimeout(() => {
			running = run(stampMs(tickMs, clock.now(), intervalMs)).finally(schedule);
		}, tickMs - nowMs);
		timer.unref();
	};

	schedule();
	return {
		stop: async () => {
			stopped = true;
			clearTimeout(timer);
			await running;
		},
	};
}
