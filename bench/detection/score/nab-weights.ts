import type { Window } from "../corpus/labelled-series.ts";

/** What an alarm at each point of a series is worth, before a profile's costs. */
export type NabWeights = {
	/** Inside a window 0 to 1, outside -1 to 0. */
	readonly worth: Float64Array;
	/** The window a point lies in, from 0; -1 outside of all. */
	readonly windowOf: Int32Array;
	/** Points at the start that are not scored. */
	readonly probation: number;
	readonly windows: number;
};

const PROBATION_SHARE = 0.15;
/** NAB lets no probation be longer than that of a file of so many points. */
const PROBATION_FILE = 5000;

/**
 * NAB's scaled sigmoid (Lavin and Ahmad 2015, "Evaluating real-time anomaly detection algorithms"). `position`: -1 at
 * the left edge of a window, 0 at its right edge, counted in its width; from 3 on an alarm is as false as can be.
 */
function scaledSigmoid(position: number): number {
	return position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
}

const BEST = scaledSigmoid(-1);

/** The first 15 % of a file of `points`, at most 750 points. */
export function probationOf(points: number): number {
	return Math.min(Math.floor(PROBATION_SHARE * points), PROBATION_SHARE * PROBATION_FILE);
}

/**
 * NAB's sweeper, point by point, with its quirks: a window begins at the point whose time equals its start and is as
 * wide as the first points with its times are apart; a time that no point has begins no window.
 */
export function weighNab(timesMs: Float64Array, windows: readonly Window[]): NabWeights {
	const worth = new Float64Array(timesMs.length);
	const windowOf = new Int32Array(timesMs.length).fill(-1);
	let next = 0;
	let inside: { readonly right: number; readonly width: number } | undefined;
	let last: { readonly right: number; readonly width: number } | undefined;
	for (let i = 0; i < timesMs.length; i += 1) {
		const start = windows[next];
		if (start !== undefined && timesMs[i] === start[0]) {
			const right = timesMs.indexOf(start[1]);
			inside = { right, width: right - timesMs.indexOf(start[0]) + 1 };
			next += 1;
		}
		if (inside !== undefined) {
			worth[i] = scaledSigmoid(-(inside.right - i + 1) / inside.width) / BEST;
			windowOf[i] = next - 1;
		} else {
			worth[i] = last === undefined ? -1 : scaledSigmoid((i - last.right) / (last.width - 1));
		}
		if (inside !== undefined && timesMs[i] === windows[next - 1]?.[1]) {
			last = { right: i, width: inside.width };
			inside = undefined;
		}
	}
	return { worth, windowOf, probation: probationOf(timesMs.length), windows: windows.length };
}
