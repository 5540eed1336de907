import type { Scores } from "../candidate.ts";
import type { LabelledSeries } from "../corpus/labelled-series.ts";
import { publicNab } from "../corpus/public-nab.ts";
import { bootstrap, type Interval } from "../score/bootstrap.ts";
import {
	type NabProfile,
	type NabRun,
	nabProfiles,
	normalizeNab,
	rankNab,
	rawNab,
	scoreNab,
	sweepNab,
} from "../score/nab.ts";
import { type NabWeights, weighNab } from "../score/nab-weights.ts";
import { rest } from "../score/rest.ts";

/** A figure for each profile. */
export type NabFigures = Readonly<Record<NabProfile, number>>;

/** What a candidate reaches on a corpus. */
export type NabResult = {
	/** At the threshold that is best for the corpus: with hindsight. */
	readonly best: NabFigures;
	/** At a threshold chosen on other series than those it is judged on; see `publicRule`. */
	readonly unseen: NabFigures | undefined;
	/** At 1. */
	readonly frozen: NabFigures;
	/** Of the standard profile, over files, with the threshold held. */
	readonly bestInterval: Interval;
	readonly frozenInterval: Interval;
	/** By folder, standard profile: at the best threshold for the corpus and at 1; NaN without windows. */
	readonly categories: ReadonlyMap<string, { readonly best: number; readonly frozen: number }>;
};

/** A series with its scores. */
export type NabEntry = { readonly series: LabelledSeries; readonly scores: Scores };

type Run = NabRun & { readonly name: string; readonly category: string };

const PROFILES: readonly NabProfile[] = ["standard", "lowFp", "lowFn"];
const weightsOf = new WeakMap<LabelledSeries, NabWeights>();

/** NAB's figures of one candidate, with a rest period after alarms or without. */
export function evaluateNab(entries: readonly NabEntry[], withRest: boolean): NabResult {
	const runs = entries.map(({ series, scores }): Run => {
		const weights = weightsOf.get(series) ?? weighNab(series.timesMs, series.windows);
		weightsOf.set(series, weights);
		return {
			name: series.name,
			category: series.category,
			weights,
			scores: withRest ? rest(scores) : scores,
		};
	});
	const ranked = rankNab(runs);
	const best = figures((profile) => sweepNab(runs, profile, ranked).score);
	const threshold = sweepNab(runs, "standard", ranked).threshold;
	return {
		best,
		unseen: judgeUnseen(runs),
		frozen: figures((profile) => scoreNab(runs, profile, 1)),
		bestInterval: interval(runs, threshold),
		frozenInterval: interval(runs, 1),
		categories: byCategory(runs, threshold),
	};
}

/** How the threshold "from public series" was come by, in words for under the table. */
export function publicRule(names: readonly string[]): string {
	const seen = names.filter((name) => publicNab.has(name)).length;
	if (seen === 0) return "no public series is here, so it can't be chosen";
	if (names.length < 2) return "one series is here, and it can't be chosen on another";
	return seen < names.length
		? `chosen on the ${seen} public series, judged on the ${names.length - seen} others`
		: "only public series are here: chosen on every second series and judged on the rest, both ways";
}

function judgeUnseen(runs: readonly Run[]): NabFigures | undefined {
	const seen = runs.filter((run) => publicNab.has(run.name));
	const others = runs.filter((run) => !publicNab.has(run.name));
	if (seen.length === 0 || runs.length < 2) return undefined;
	if (others.length > 0) {
		return figures((profile) => scoreNab(others, profile, sweepNab(seen, profile).threshold));
	}
	const halves = [0, 1].map((half) => runs.filter((_, i) => i % 2 === half));
	const [even = [], odd = []] = halves;
	return figures((profile) => {
		const raw =
			rawSum(even, profile, sweepNab(odd, profile).threshold) +
			rawSum(odd, profile, sweepNab(even, profile).threshold);
		return normalizeNab(raw, windowsOf(runs), nabProfiles[profile]);
	});
}

function interval(runs: readonly Run[], threshold: number): Interval {
	const costs = nabProfiles.standard;
	const files = runs.map((run) => ({ raw: rawNab(run, costs, threshold), windows: run.weights.windows }));
	return bootstrap(files, (drawn) =>
		normalizeNab(
			drawn.reduce((sum, file) => sum + file.raw, 0),
			drawn.reduce((sum, file) => sum + file.windows, 0),
			costs,
		),
	);
}

function byCategory(
	runs: readonly Run[],
	threshold: number,
): ReadonlyMap<string, { best: number; frozen: number }> {
	const names = [...new Set(runs.map((run) => run.category))];
	return new Map(
		names.map((name) => {
			const own = runs.filter((run) => run.category === name);
			const at = (level: number) => scoreNab(own, "standard", level);
			return [name, { best: at(threshold), frozen: at(1) }];
		}),
	);
}

function figures(of: (profile: NabProfile) => number): NabFigures {
	const [standard = Number.NaN, lowFp = Number.NaN, lowFn = Number.NaN] = PROFILES.map(of);
	return { standard, lowFp, lowFn };
}

function rawSum(runs: readonly Run[], profile: NabProfile, threshold: number): number {
	return runs.reduce((sum, run) => sum + rawNab(run, nabProfiles[profile], threshold), 0);
}

function windowsOf(runs: readonly Run[]): number {
	return runs.reduce((sum, run) => sum + run.weights.windows, 0);
}
