import { seededRandom } from "../../../models/random.ts";

/** The middle 95 % of the resampled figures. */
export type Interval = readonly [low: number, high: number];

/**
 * A percentile bootstrap over files (Efron 1979): files are drawn with replacement, `figure` is computed anew. Draws
 * whose figure is NaN are left out. The same seed gives the same interval.
 */
export function bootstrap<T>(
	files: readonly T[],
	figure: (drawn: readonly T[]) => number,
	options: { readonly seed?: number; readonly draws?: number } = {},
): Interval {
	const random = seededRandom(options.seed ?? 1);
	const figures: number[] = [];
	for (let draw = 0; draw < (options.draws ?? 1000); draw += 1) {
		const drawn: T[] = [];
		while (drawn.length < files.length) drawn.push(...pickOne(files, random()));
		const value = figure(drawn);
		if (!Number.isNaN(value)) figures.push(value);
	}
	figures.sort((a, b) => a - b);
	const at = (share: number) => figures[Math.floor(share * (figures.length - 1))] ?? Number.NaN;
	return [at(0.025), at(0.975)];
}

/** An array of one file, for a file may itself be undefined. */
function pickOne<T>(files: readonly T[], share: number): readonly T[] {
	const at = Math.floor(share * files.length);
	return files.slice(at, at + 1);
}
