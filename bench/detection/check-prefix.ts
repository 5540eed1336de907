import type { Signal } from "./candidate.ts";

/** Where a series is cut, as shares of its length. */
const CUTS = [0.2, 0.5, 0.8, 0.97];

/**
 * Scores each series again as if it ended earlier: what was said of the past must be the same, bit by bit, whatever comes
 * after. Gives a sentence for each series where it is not.
 */
export function checkPrefixes(
	signals: readonly Signal[],
	whole: readonly Float32Array[],
	score: (signal: Signal, points: number) => Float32Array,
): readonly string[] {
	return signals.flatMap((signal, k) => {
		const expected = whole[k] ?? new Float32Array();
		for (const cut of CUTS) {
			const points = Math.floor(expected.length * cut);
			const said = score(signal, points);
			const differs = said.findIndex((value, i) => !Object.is(value, expected[i]));
			if (said.length !== points || differs >= 0) {
				return [`${signal.name}: point ${differs} is scored otherwise when only ${points} are known.`];
			}
		}
		return [];
	});
}
