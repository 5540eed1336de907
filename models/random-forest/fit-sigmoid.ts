/** How a share of votes becomes a probability: 1 / (1 + exp(-(slope share + shift))). `slope` is 0 or more. */
export type Sigmoid = { readonly slope: number; readonly shift: number };

const STEPS = 50;
/** Keeps the sums apart where all shares are the same. */
const RIDGE = 1e-9;

function applySigmoid({ slope, shift }: Sigmoid, share: number): number {
	return 1 / (1 + Math.exp(-(slope * share + shift)));
}

/**
 * The sigmoid that makes `holds` (0 or 1) likeliest given the shares of votes (Platt 1999, with his targets against
 * overfitting), by Newton's method with halved steps (Lin, Lin, Weng 2007). Where the votes speak against what holds,
 * nothing is known of any row, and the slope is 0. Shares that no sigmoid fits better than none get slope 0 too.
 */
export function fitSigmoid(shares: Float64Array, holds: Uint8Array): Sigmoid {
	let positive = 0;
	for (const one of holds) positive += one;
	const high = (positive + 1) / (positive + 2);
	const low = 1 / (holds.length - positive + 2);
	const usual = (positive + 0.5) / (holds.length + 1);
	const known = { slope: 0, shift: Math.log(usual / (1 - usual)) };
	let best: Sigmoid = known;
	let loss = lossOf(shares, holds, high, low, best);
	for (let step = 0; step < STEPS; step += 1) {
		const { slope, shift } = newtonStep(shares, holds, high, low, best);
		let size = 1;
		let next = best;
		let nextLoss = Number.POSITIVE_INFINITY;
		for (; size > 1e-6 && !(nextLoss < loss); size /= 2) {
			next = { slope: best.slope - size * slope, shift: best.shift - size * shift };
			nextLoss = lossOf(shares, holds, high, low, next);
		}
		if (!(nextLoss < loss)) break;
		const gained = loss - nextLoss;
		best = next;
		loss = nextLoss;
		if (gained < 1e-10 * shares.length) break;
	}
	return best.slope > 0 ? best : known;
}

function newtonStep(
	shares: Float64Array,
	holds: Uint8Array,
	high: number,
	low: number,
	at: Sigmoid,
): Sigmoid {
	let bySlope = 0;
	let byShift = 0;
	let slopeSlope = RIDGE;
	let slopeShift = 0;
	let shiftShift = RIDGE;
	for (let i = 0; i < shares.length; i += 1) {
		const share = shares[i] ?? 0;
		const p = applySigmoid(at, share);
		const error = p - (holds[i] === 1 ? high : low);
		const weight = p * (1 - p);
		bySlope += error * share;
		byShift += error;
		slopeSlope += weight * share * share;
		slopeShift += weight * share;
		shiftShift += weight;
	}
	const determinant = slopeSlope * shiftShift - slopeShift * slopeShift;
	return {
		slope: (shiftShift * bySlope - slopeShift * byShift) / determinant,
		shift: (slopeSlope * byShift - slopeShift * bySlope) / determinant,
	};
}

function lossOf(
	shares: Float64Array,
	holds: Uint8Array,
	high: number,
	low: number,
	{ slope, shift }: Sigmoid,
): number {
	let sum = 0;
	for (let i = 0; i < shares.length; i += 1) {
		const z = slope * (shares[i] ?? 0) + shift;
		const target = holds[i] === 1 ? high : low;
		sum += Math.max(z, 0) - target * z + Math.log1p(Math.exp(-Math.abs(z)));
	}
	return sum;
}
