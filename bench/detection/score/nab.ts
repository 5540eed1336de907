import type { NabWeights } from "./nab-weights.ts";
import { type RankedScores, rankScores } from "./rank-scores.ts";

/** What a missed window and a false alarm cost, where an early alarm in a window brings 1. */
export type NabCosts = { readonly falseAlarm: number; readonly miss: number };
export type NabProfile = "standard" | "lowFp" | "lowFn";

/** NAB's three application profiles (config/profiles.json of numenta/NAB). */
export const nabProfiles: Readonly<Record<NabProfile, NabCosts>> = {
	standard: { falseAlarm: 0.11, miss: 1 },
	lowFp: { falseAlarm: 0.22, miss: 1 },
	lowFn: { falseAlarm: 0.11, miss: 2 },
};

/** A series with what a detector said of it. Scores are 0 or more; NaN counts as 0. */
export type NabRun = { readonly weights: NabWeights; readonly scores: Float32Array | Float64Array };

/** A score between that of no alarm at all (0) and of all windows found at their start without a false alarm (100). */
export type NabBest = { readonly score: number; readonly threshold: number };

/** What a series adds to the corpus before normalisation: every point at or above `threshold` is an alarm. */
export function rawNab(run: NabRun, costs: NabCosts, threshold: number): number {
	const { worth, windowOf, probation } = run.weights;
	const found = new Map<number, number>();
	let raw = 0;
	for (let i = probation; i < worth.length; i += 1) {
		const window = windowOf[i] ?? -1;
		const alarm = (run.scores[i] ?? 0) >= threshold;
		const gain = worth[i] ?? 0;
		if (window < 0) raw += alarm ? gain * costs.falseAlarm : 0;
		else found.set(window, Math.max(found.get(window) ?? -costs.miss, alarm ? gain : -costs.miss));
	}
	for (const gain of found.values()) raw += gain;
	return raw;
}

/** NAB's score of a corpus at one threshold; NaN where it has no window. */
export function scoreNab(runs: readonly NabRun[], profile: NabProfile, threshold: number): number {
	const costs = nabProfiles[profile];
	const raw = runs.reduce((sum, run) => sum + rawNab(run, costs, threshold), 0);
	return normalizeNab(raw, countWindows(runs), costs);
}

/**
 * The threshold that is best for the whole corpus, and the score with it: NAB's own optimisation, so a figure with
 * hindsight. Between equally good thresholds the highest; Infinity is "no alarm at all". `ranked` is `rankNab(runs)`,
 * for those who sweep several profiles.
 */
export function sweepNab(
	runs: readonly NabRun[],
	profile: NabProfile,
	ranked: RankedScores = rankNab(runs),
): NabBest {
	const costs = nabProfiles[profile];
	const offsets = offsetsOf(runs);
	const gains = new Float64Array(countWindows(runs)).fill(-costs.miss);
	let raw = runs.reduce((sum, run) => sum + rawNab(run, costs, Number.POSITIVE_INFINITY), 0);
	let best = { raw, threshold: Number.POSITIVE_INFINITY };
	let at = 0;
	for (const [rank, threshold] of ranked.thresholds.entries()) {
		for (const end = ranked.ends[rank] ?? 0; at < end; at += 1) {
			const file = ranked.file[at] ?? 0;
			const weights = runs[file]?.weights;
			const index = ranked.index[at] ?? 0;
			const window = weights?.windowOf[index] ?? -1;
			const gain = weights?.worth[index] ?? 0;
			const slot = (offsets[file] ?? 0) + window;
			const before = gains[slot] ?? 0;
			if (window < 0) raw += gain * costs.falseAlarm;
			else if (gain > before) {
				raw += gain - before;
				gains[slot] = gain;
			}
		}
		if (raw > best.raw + 1e-9) best = { raw, threshold };
	}
	return { score: normalizeNab(best.raw, gains.length, costs), threshold: best.threshold };
}

/** The scored points of all runs, highest first. */
export function rankNab(runs: readonly NabRun[]): RankedScores {
	return rankScores(runs.map((run) => ({ scores: run.scores, from: run.weights.probation })));
}

/** 0 for a detector that says nothing, 100 for a perfect one. */
export function normalizeNab(raw: number, windows: number, costs: NabCosts): number {
	return windows === 0 ? Number.NaN : (100 * (raw + windows * costs.miss)) / (windows * (1 + costs.miss));
}

function countWindows(runs: readonly NabRun[]): number {
	return runs.reduce((sum, run) => sum + run.weights.windows, 0);
}

/** Where the windows of each run begin when those of all runs are numbered through. */
function offsetsOf(runs: readonly NabRun[]): number[] {
	let sum = 0;
	return runs.map((run) => {
		const offset = sum;
		sum += run.weights.windows;
		return offset;
	});
}
