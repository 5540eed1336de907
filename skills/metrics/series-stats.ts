import type { Sample } from "../../src/domain/time-series.ts";

/** The samples whose value is a finite number. */
export function finiteSamples(samples: readonly Sample[]): readonly Sample[] {
	return samples.filter((sample) => Number.isFinite(sample.v));
}

/** The sample with the largest value (`sign` 1) or the smallest (`sign` -1); the first of equals. */
export function extreme(samples: readonly Sample[], sign: 1 | -1): Sample | undefined {
	return finiteSamples(samples).reduce<Sample | undefined>(
		(best, sample) => (best === undefined || sign * sample.v > sign * best.v ? sample : best),
		undefined,
	);
}

/** The arithmetic mean, or undefined where there is nothing. */
export function average(samples: readonly Sample[]): number | undefined {
	const finite = finiteSamples(samples);
	return finite.length === 0 ? undefined : finite.reduce((sum, sample) => sum + sample.v / finite.length, 0);
}

/** The percentile (0-100) by linear interpolation between the closest ranks, as Prometheus' quantile does. */
export function percentile(samples: readonly Sample[], percent: number): number | undefined {
	const values = finiteSamples(samples)
		.map((sample) => sample.v)
		.toSorted((a, b) => a - b);
	if (values.length === 0) return undefined;
	const rank = (Math.min(100, Math.max(0, percent)) / 100) * (values.length - 1);
	const low = values[Math.floor(rank)] ?? 0;
	const high = values[Math.ceil(rank)] ?? low;
	return low + (high - low) * (rank - Math.floor(rank));
}

/** At most `most` samples (at least 4) that keep the smallest and the largest of each stretch, in order. */
export function thinOut(samples: readonly Sample[], most: number): readonly Sample[] {
	if (samples.length <= most) return samples;
	const stretches = Math.max(1, Math.floor(most / 2));
	const size = samples.length / stretches;
	return Array.from({ length: stretches }, (_, index) => {
		const stretch = samples.slice(Math.floor(index * size), Math.floor((index + 1) * size));
		const ends = [extreme(stretch, -1) ?? stretch[0], extreme(stretch, 1) ?? stretch.at(-1)];
		const kept = new Set(ends.filter((sample) => sample !== undefined));
		return [...kept].toSorted((a, b) => a.t - b.t);
	}).flat();
}
