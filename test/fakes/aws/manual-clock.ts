/** A clock that only moves when told to. */
export type ManualClock = (() => number) & { advance(ms: number): void };

export function manualClock(startMs: number): ManualClock {
	let nowMs = startMs;
	const advance = (ms: number) => {
		nowMs += ms;
	};
	return Object.assign(() => nowMs, { advance });
}
