import { AppError } from "../../src/domain/errors.ts";
import { type JointChange, newJoint, regroupJoint } from "./joint-change.ts";
import { TAIL_FLOATS } from "./log-tail.ts";
import { isSoundMetric, type MetricRow, newMetric } from "./metric-row.ts";

/** Metrics that a target can have. */
export const MOST_METRICS = 512;

/** Where the numbers of a target lie. */
export const SEEN = 0;
export const LAST_MS = 1;
/** The running means of what changes, time of day, joint and forest add, and what the three loudest stream scores add. */
export const ENERGY = 2;
export const LOUDEST = 3;
/** Of the first, what the metrics add together and what the forest adds. */
export const BY_JOINT = 4;
export const BY_FOREST = 5;
/** What was said of the newest point: the score, and -log10 of how often it comes. */
export const SCORE = 6;
export const RARE = 7;
/** The mean of ENERGY over a shorter time; whether an alarm goes on, and its highest score. */
export const RECENT = 8;
export const ALARM = 9;
export const PEAK = 10;
/** The two running means that LOUDEST is the sum of. */
export const LOUD_NOW = 11;
export const LOUD_LONG = 12;
const NUMBERS = 13;

/** Lags whose changes are looked at over all metrics together. */
export const JOINTS = 2;

/** The state of one target. */
export type Target = {
	readonly names: readonly string[];
	readonly metrics: readonly MetricRow[];
	readonly joints: readonly JointChange[];
	readonly numbers: Float64Array;
	/** Of the target's own scores. */
	readonly tail: Float32Array;
};

/** A target of which nothing was seen. */
export function newTarget(names: readonly string[]): Target {
	checkNames(names);
	const numbers = new Float64Array(NUMBERS);
	numbers[LAST_MS] = -Number.MAX_VALUE;
	return {
		names: [...names],
		metrics: names.map(newMetric),
		joints: Array.from({ length: JOINTS }, () => newJoint(names.length)),
		numbers,
		tail: new Float32Array(TAIL_FLOATS),
	};
}

/** The target with other metrics: those that stay keep their state. */
export function regroup(target: Target, names: readonly string[]): Target {
	checkNames(names);
	const places = new Map(target.names.map((name, i) => [name, i]));
	const from = names.map((name) => places.get(name) ?? -1);
	return {
		...target,
		names: [...names],
		metrics: from.map((at) => target.metrics[at] ?? newMetric()),
		joints: target.joints.map((joint) => regroupJoint(joint, from)),
	};
}

/** All numbers of a target, for saving them. */
export function partsOf({ metrics, joints, numbers, tail }: Target): {
	readonly doubles: readonly Float64Array[];
	readonly floats: readonly Float32Array[];
} {
	const joint = joints.flatMap((one) => [one.mean, one.variance, one.covariance, one.factor, one.counts]);
	return {
		doubles: [numbers, ...metrics.map(({ doubles }) => doubles), ...joint],
		floats: [tail, ...metrics.map(({ floats }) => floats), ...joints.map((one) => one.tail)],
	};
}

/** Bytes that a target costs, apart from its names. */
export function bytesOfTarget(target: Target): number {
	const { doubles, floats } = partsOf(target);
	return [...doubles, ...floats].reduce((sum, part) => sum + part.byteLength, 0);
}

/** Whether saved numbers can be the state of a target. */
export function isSoundTarget({ metrics, joints, numbers, tail }: Target): boolean {
	const seen = numbers[SEEN] ?? -1;
	const finite = (part: Float64Array | Float32Array) => part.every(Number.isFinite);
	return (
		Number.isSafeInteger(seen) &&
		seen >= 0 &&
		finite(numbers) &&
		finite(tail) &&
		metrics.every(isSoundMetric) &&
		joints.every((one) =>
			[one.mean, one.variance, one.covariance, one.factor, one.counts, one.tail].every(finite),
		)
	);
}

/** Whether these are names of metrics that a target can have. */
export function areNames(names: unknown): names is readonly string[] {
	return (
		Array.isArray(names) &&
		names.length <= MOST_METRICS &&
		names.every((name) => typeof name === "string") &&
		new Set(names).size === names.length
	);
}

function checkNames(names: readonly string[]): void {
	if (names.length > MOST_METRICS)
		throw new AppError("invalid", `A target can have ${MOST_METRICS} metrics at most; leave some out.`);
	if (new Set(names).size < names.length)
		throw new AppError("invalid", "Two metrics of a target have the same name; give each a name of its own.");
}
