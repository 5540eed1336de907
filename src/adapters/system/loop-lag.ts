const SAMPLE_MS = 20;
/** What is left of an older, larger lag after each sample: it is forgotten within about half a second. */
const DECAY = 0.9;

/** How late this process comes to what is due, in milliseconds: over the last half second, newest counting most. */
export type LoopLag = { readonly lagMs: () => number; readonly stop: () => void };

/** Watches how far the event loop is behind. Costs a timer of 50 beats a second. */
export function watchLoopLag(): LoopLag {
	let lag = 0;
	let last = performance.now();
	const timer = setInterval(() => {
		const now = performance.now();
		lag = Math.max(now - last - SAMPLE_MS, lag * DECAY);
		last = now;
	}, SAMPLE_MS).unref();
	return {
		// Between two beats the loop may already be late again.
		lagMs: () => Math.max(lag, performance.now() - last - SAMPLE_MS),
		stop: () => clearInterval(timer),
	};
}
