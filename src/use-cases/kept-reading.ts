import type { Clock } from "../ports/clock.ts";

/** What a reading gave, shared by all who ask within `keptMs` of its beginning; a failed one is not kept. */
export type KeptReading<Value> = {
	readonly read: () => Promise<Value>;
	/** The next `read` reads anew. */
	readonly forget: () => void;
};

/** Keeps the newest reading. Rejects with what `load` rejects with. */
export function createKeptReading<Value>(
	clock: Clock,
	keptMs: number,
	load: () => Promise<Value>,
): KeptReading<Value> {
	let kept: { readonly untilMs: number; readonly reading: Promise<Value> } | undefined;
	const forget = () => {
		kept = undefined;
	};
	return {
		read: () => {
			const nowMs = clock.now();
			if (!kept || nowMs >= kept.untilMs) {
				const reading = load();
				kept = { untilMs: nowMs + keptMs, reading };
				reading.catch(() => {
					if (kept?.reading === reading) forget();
				});
			}
			return kept.reading;
		},
		forget,
	};
}
