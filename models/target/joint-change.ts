import { pushTail, TAIL_FLOATS } from "./log-tail.ts";

/** Metrics that are looked at together; of a target with more, these are the first ones. */
const MOST = 64;
/** Points that means and covariances remember. */
const REMEMBERED = 4000;
/** Deviations at which a change is cut off, so that one metric can't stand for all. */
const CLIP = 8;
/** Points before changes are set in relation to their deviations, and before distances are taken. */
const WARM = 50;
const READY = 300;
/** The covariance is factored anew after so many points. */
const FACTORED = 72;
/** What is added to the diagonal: metrics that repeat each other have no inverse. */
const RIDGE = 0.05;

/** How changes of a target's metrics go together: running means and variances, covariance, and its Cholesky factor. */
export type JointChange = {
	readonly width: number;
	readonly mean: Float64Array;
	readonly variance: Float64Array;
	readonly covariance: Float64Array;
	readonly factor: Float64Array;
	/** Points, and 1 where there is a factor. */
	readonly counts: Float64Array;
	readonly tail: Float32Array;
};

/** For a target of so many metrics, before anything was seen. */
export function newJoint(metrics: number): JointChange {
	const width = Math.min(metrics, MOST);
	return {
		width,
		mean: new Float64Array(width),
		variance: new Float64Array(width),
		covariance: new Float64Array(width * width),
		factor: new Float64Array(width * width),
		counts: new Float64Array(2),
		tail: new Float32Array(TAIL_FLOATS),
	};
}

/**
 * How rare it is that the metrics change together as they do now: -log10 of the tail of the Mahalanobis distance (1936)
 * of their changes, missing ones (NaN) taken as usual. Learns the changes. 0 for the first 300 points. `z` and `y` are
 * scratch of the width.
 */
export function pushJoint(
	joint: JointChange,
	changes: Float64Array,
	z: Float64Array,
	y: Float64Array,
): number {
	const { width, counts, factor } = joint;
	if (width < 2) return 0;
	const seen = counts[0] ?? 0;
	counts[0] = seen + 1;
	standardize(joint, changes, z, seen);
	if (seen < WARM) return 0;
	let rare = 0;
	if (counts[1] === 1) {
		let distance = 0;
		for (let i = 0; i < width; i += 1) {
			let rest = z[i] ?? 0;
			for (let j = 0; j < i; j += 1) rest -= (factor[i * width + j] ?? 0) * (y[j] ?? 0);
			y[i] = rest / (factor[i * width + i] ?? 1);
			distance += (y[i] ?? 0) ** 2;
		}
		// The square of the squared distance: bins are by halves and doubles, and so they are fine enough.
		rare = pushTail(joint.tail, 0, (distance / width) ** 2);
	}
	learnCovariance(joint, z, seen - WARM);
	if (seen >= READY && seen % FACTORED === 0) factorize(joint);
	return rare;
}

/** Writes the changes in running deviations to `z`, and learns them, cut off like these. */
function standardize(
	{ width, mean, variance }: JointChange,
	changes: Float64Array,
	z: Float64Array,
	seen: number,
): void {
	const share = 1 / Math.min(seen + 1, REMEMBERED);
	for (let i = 0; i < width; i += 1) {
		const change = changes[i] ?? Number.NaN;
		z[i] = 0;
		if (Number.isNaN(change)) continue;
		const deviation = Math.sqrt(variance[i] ?? 0);
		const apart = change - (mean[i] ?? 0);
		let counted = apart;
		if (seen >= WARM && deviation > 0) {
			counted = Math.max(-CLIP * deviation, Math.min(CLIP * deviation, apart));
			z[i] = counted / deviation;
		}
		mean[i] = (mean[i] ?? 0) + share * counted;
		variance[i] = (variance[i] ?? 0) + share * (counted * counted - (variance[i] ?? 0));
	}
}

function learnCovariance({ width, covariance }: JointChange, z: Float64Array, seen: number): void {
	const share = 1 / Math.min(seen + 1, REMEMBERED);
	for (let i = 0; i < width; i += 1) {
		for (let j = 0; j <= i; j += 1) {
			const at = i * width + j;
			covariance[at] = (covariance[at] ?? 0) + share * ((z[i] ?? 0) * (z[j] ?? 0) - (covariance[at] ?? 0));
		}
	}
}

/** Cholesky's factor of the covariance with its ridge. */
function factorize({ width, covariance, factor, counts }: JointChange): void {
	for (let i = 0; i < width; i += 1) {
		for (let j = 0; j <= i; j += 1) {
			let rest = (covariance[i * width + j] ?? 0) + (i === j ? RIDGE : 0);
			for (let k = 0; k < j; k += 1) rest -= (factor[i * width + k] ?? 0) * (factor[j * width + k] ?? 0);
			factor[i * width + j] = i === j ? Math.sqrt(Math.max(rest, 1e-6)) : rest / (factor[j * width + j] ?? 1);
		}
	}
	counts[1] = 1;
}

/** The same for other metrics: `from[i]` is where the i-th one was before, -1 for a new one. */
export function regroupJoint(joint: JointChange, from: readonly number[]): JointChange {
	const next = newJoint(from.length);
	const old = (i: number) => {
		const was = from[i] ?? -1;
		return was < joint.width ? was : -1;
	};
	for (let i = 0; i < next.width; i += 1) {
		const a = old(i);
		if (a < 0) continue;
		next.mean[i] = joint.mean[a] ?? 0;
		next.variance[i] = joint.variance[a] ?? 0;
		for (let j = 0; j <= i; j += 1) {
			const b = old(j);
			if (b >= 0)
				next.covariance[i * next.width + j] =
					joint.covariance[Math.max(a, b) * joint.width + Math.min(a, b)] ?? 0;
		}
	}
	next.counts.set(joint.counts);
	next.tail.set(joint.tail);
	if (next.counts[1] === 1) factorize(next);
	return next;
}
