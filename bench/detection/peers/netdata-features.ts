/** Numbers in one feature vector: a smoothed difference and the five before it. */
export const FEATURES = 6;
const SMOOTH = 3;

/**
 * Netdata's preprocessing with its default settings: differences of one step, averaged over three, and the last six
 * of them as a vector; `features[i * 6 + k]` is k steps before point i. The first points have zeros.
 */
export function netdataFeatures(values: Float64Array): Float64Array {
	const smoothed = new Float64Array(values.length);
	for (let i = SMOOTH; i < values.length; i += 1) {
		const difference = ((values[i] ?? 0) - (values[i - SMOOTH] ?? 0)) / SMOOTH;
		smoothed[i] = Number.isFinite(difference) ? difference : 0;
	}
	const features = new Float64Array(values.length * FEATURES);
	for (let i = 0; i < values.length; i += 1) {
		for (let k = 0; k < FEATURES; k += 1) features[i * FEATURES + k] = smoothed[i - k] ?? 0;
	}
	return features;
}
