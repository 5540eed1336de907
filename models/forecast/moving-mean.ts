/** The mean of the values up to `reach` places around each of the first `until`; fewer at the ends. */
export function movingMean(values: Float64Array, until: number, reach: number): Float64Array {
	const means = new Float64Array(until);
	let [sum, from, to] = [0, 0, 0];
	for (let i = 0; i < until; i++) {
		for (; to < Math.min(until, i + reach + 1); to++) sum += values[to] ?? 0;
		for (; from < i - reach; from++) sum -= values[from] ?? 0;
		means[i] = sum / (to - from);
	}
	return means;
}
