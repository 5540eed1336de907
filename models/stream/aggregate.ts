import {
	AGGREGATE_CAPACITY,
	AGGREGATE_HIGHEST,
	AGGREGATE_LEVELS,
	AGGREGATE_LOWEST,
	AGGREGATE_MEAN,
	AGGREGATE_SIZE,
	AGGREGATE_VARIANCE,
	AGGREGATES,
} from "./layout.ts";
import { learnMoments } from "./moments.ts";
import { insertAt, nearestDistance, placeIn } from "./sketch.ts";

const SAME = 0.002;

/** The deviation of the aggregates so far; never 0. */
export function aggregateDeviation(d: Float64Array, least: number): number {
	return Math.max(Math.sqrt(d[AGGREGATE_VARIANCE] ?? 0), least);
}

/** As the novelty of single values, for the mean of twelve; learns it and counts the aggregate. */
export function aggregateNovelty(d: Float64Array, f: Float32Array, mean: number, least: number): number {
	const count = (d[AGGREGATES] ?? 0) + 1;
	d[AGGREGATES] = count;
	learnMoments(d, AGGREGATE_MEAN, AGGREGATE_VARIANCE, count, mean);
	const deviation = aggregateDeviation(d, least);
	const size = d[AGGREGATE_SIZE] ?? 0;
	const place = placeIn(f, AGGREGATE_LEVELS, size, mean);
	const distance = nearestDistance(f, AGGREGATE_LEVELS, size, place, mean);
	if (size === 0 || distance > SAME * deviation)
		d[AGGREGATE_SIZE] = insertAt(f, AGGREGATE_LEVELS, size, AGGREGATE_CAPACITY, place, mean);
	if (count === 1 || mean > (d[AGGREGATE_HIGHEST] ?? 0)) d[AGGREGATE_HIGHEST] = mean;
	if (count === 1 || mean < (d[AGGREGATE_LOWEST] ?? 0)) d[AGGREGATE_LOWEST] = mean;
	return distance / deviation;
}
