import { followAlarm } from "./follow-alarm.ts";
import { pushJoint } from "./joint-change.ts";
import { pushTail } from "./log-tail.ts";
import { LoudestThree } from "./loudest-three.ts";
import { BY_CHANGE, BY_DAY, BY_STREAM, CHANGES, DAY, pushMetric } from "./metric-row.ts";
import {
	BY_FOREST,
	BY_JOINT,
	ENERGY,
	JOINTS,
	LAST_MS,
	LOUD_LONG,
	LOUD_NOW,
	LOUDEST,
	RARE,
	RECENT,
	SCORE,
	SEEN,
	type Target,
} from "./target.ts";
import * as weights from "./weights.ts";

/** Numbers of a point that the forest looks at: of each change the mean and the three loudest; all metrics together. */
export const COLUMNS = 2 * CHANGES + JOINTS;

/** How the targets of a bank are judged, with what is written to on the way. */
export type Judge = {
	readonly stepMs: number;
	/** What the threshold is multiplied by. */
	readonly scale: number;
	/** -log10 of how often a forest sees such a row; it learns the row. */
	readonly judgeRow: ((row: Float32Array, atMs: number) => number) | undefined;
	readonly scratch: ReturnType<typeof newScratch>;
};

/** Room for targets of at most so many metrics. */
export function newScratch(metrics: number) {
	return {
		metrics,
		changes: new Float64Array(CHANGES),
		steps: new Float64Array(JOINTS),
		sums: new Float64Array(CHANGES),
		loudest: Array.from({ length: CHANGES + 1 }, () => new LoudestThree()),
		row: new Float32Array(COLUMNS),
		together: Array.from({ length: JOINTS }, () => new Float64Array(metrics)),
		z: new Float64Array(metrics),
		y: new Float64Array(metrics),
	};
}

/**
 * Takes in one point of all metrics and gives the score: the mean over the metrics of how rare their changes are beyond
 * what is usual, how rare these are together, and what the forest says of the mixture, as a running mean, with the
 * three loudest stream scores, in a short and in the same running mean; by the threshold.
 */
export function scoreTarget(
	target: Target,
	judge: Judge,
	values: Float64Array,
	atMs: number,
	streamScores: Float64Array | undefined,
): number {
	const { numbers } = target;
	const { scratch } = judge;
	const { row, together, z, y } = scratch;
	let energy = takeMetrics(target, judge, values, atMs, streamScores);
	let joint = 0;
	for (const [i, one] of target.joints.entries()) {
		const rare = beyond(pushJoint(one, together[i] ?? z, z, y));
		row[2 * CHANGES + i] = rare;
		joint += (weights.JOINT_WEIGHT * rare) / JOINTS;
	}
	const forest = weights.FOREST_WEIGHT * beyond(judge.judgeRow?.(row, atMs) ?? 0);
	energy += joint + forest;
	const loudest = scratch.loudest[CHANGES]?.sum ?? 0;
	numbers[SEEN] = (numbers[SEEN] ?? 0) + 1;
	numbers[LAST_MS] = atMs;
	follow(numbers, ENERGY, energy, weights.SMOOTH);
	follow(numbers, RECENT, energy, weights.RECENT_SMOOTH);
	follow(numbers, BY_JOINT, joint, weights.SMOOTH);
	follow(numbers, BY_FOREST, forest, weights.SMOOTH);
	follow(numbers, LOUD_NOW, weights.STREAM_WEIGHT * loudest, weights.STREAM_SMOOTH);
	follow(numbers, LOUD_LONG, weights.STREAM_LONG_WEIGHT * loudest, weights.SMOOTH);
	numbers[LOUDEST] = (numbers[LOUD_NOW] ?? 0) + (numbers[LOUD_LONG] ?? 0);
	const threshold =
		weights.THRESHOLD +
		(judge.judgeRow === undefined ? 0 : weights.FOREST_THRESHOLD) +
		(streamScores === undefined ? 0 : weights.STREAM_THRESHOLD);
	const whole = threshold * judge.scale;
	const score = ((numbers[ENERGY] ?? 0) + (numbers[LOUDEST] ?? 0)) / whole;
	numbers[SCORE] = score;
	followAlarm(numbers, score, ((numbers[RECENT] ?? 0) + (numbers[LOUDEST] ?? 0)) / whole);
	// The fourth power: bins are by halves and doubles, and so they are fine enough.
	numbers[RARE] = pushTail(target.tail, 0, score ** 4);
	return score;
}

/** Takes in the values, writes what is asked of all metrics to the scratch, and gives the mean of what they add. */
function takeMetrics(
	{ metrics }: Target,
	{ stepMs, scratch }: Judge,
	values: Float64Array,
	atMs: number,
	streamScores: Float64Array | undefined,
): number {
	const { changes, steps, sums, loudest, together, row } = scratch;
	sums.fill(0);
	for (const one of loudest) one.clear();
	let present = 0;
	let energy = 0;
	for (const [i, metric] of metrics.entries()) {
		const value = values[i] ?? Number.NaN;
		pushMetric(metric, value, atMs, stepMs, changes, steps);
		for (let k = 0; k < JOINTS; k += 1) (together[k] ?? steps)[i] = steps[k] ?? Number.NaN;
		if (Number.isFinite(value)) present += 1;
		let byChange = 0;
		for (let k = 0; k < CHANGES; k += 1) {
			const rare = changes[k] ?? 0;
			sums[k] = (sums[k] ?? 0) + rare;
			loudest[k]?.offer(rare);
			if (k < DAY) byChange += (weights.CHANGE_WEIGHT * beyond(rare)) / DAY;
		}
		const byDay = weights.DAY_WEIGHT * beyond(changes[DAY] ?? 0);
		const said = streamScores?.[i] ?? 0;
		const stream = said > 0 ? Math.min(said, weights.STREAM_CLIP) : 0;
		loudest[CHANGES]?.offer(stream);
		energy += byChange + byDay;
		follow(metric.doubles, BY_CHANGE, byChange, weights.SMOOTH);
		follow(metric.doubles, BY_DAY, byDay, weights.SMOOTH);
		follow(metric.doubles, BY_STREAM, stream, weights.STREAM_SMOOTH);
	}
	const divisor = Math.max(1, present);
	for (let k = 0; k < CHANGES; k += 1) {
		row[2 * k] = (sums[k] ?? 0) / divisor;
		row[2 * k + 1] = (loudest[k]?.sum ?? 0) / Math.min(3, divisor);
	}
	return energy / divisor;
}

function beyond(rare: number): number {
	return Math.max(0, Math.min(weights.RAREST, rare) - weights.COUNTED_FROM);
}

function follow(numbers: Float64Array, at: number, value: number, points: number): void {
	const before = numbers[at] ?? 0;
	numbers[at] = before + (value - before) / points;
}
