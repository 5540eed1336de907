/**
 * Folds over the values from index `from` up to `to` (excluded); at least one value is there. They follow the float
 * paths of Prometheus 3 (promql/functions.go and engine.go), including what they do with NaN and infinities.
 */
export type Fold = (values: Float64Array, from: number, to: number) => number;

/** A running sum with Neumaier's compensation: the total is `sum + compensation`. */
export type CompensatedSum = { sum: number; compensation: number };

/** Adds to a compensated sum in place (Neumaier 1974, as Prometheus uses it). */
export function addTo(total: CompensatedSum, increment: number): void {
	const next = total.sum + increment;
	if (next === Number.POSITIVE_INFINITY || next === Number.NEGATIVE_INFINITY) total.compensation = 0;
	else if (Math.abs(total.sum) >= Math.abs(increment)) total.compensation += total.sum - next + increment;
	else total.compensation += increment - next + total.sum;
	total.sum = next;
}

const isInfinite = (value: number): boolean =>
	value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY;

export const sumOf: Fold = (values, from, to) => {
	const total = { sum: 0, compensation: 0 };
	for (let index = from; index < to; index += 1) addTo(total, values[index] ?? 0);
	return isInfinite(total.sum) ? total.sum : total.sum + total.compensation;
};

/** The plain mean, or a running mean from the place on where the sum would overflow. */
export const averageOf: Fold = (values, from, to) => {
	const total = { sum: values[from] ?? 0, compensation: 0 };
	for (let index = from + 1; index < to; index += 1) {
		const { sum, compensation } = total;
		addTo(total, values[index] ?? 0);
		if (isInfinite(total.sum)) return runningAverage(values, from, index, to, sum, compensation);
	}
	const count = to - from;
	return total.sum / count + total.compensation / count;
};

function runningAverage(
	values: Float64Array,
	from: number,
	index: number,
	to: number,
	sum: number,
	compensation: number,
): number {
	const done = index - from;
	const mean = { sum: sum / done, compensation: compensation / done };
	for (let at = index; at < to; at += 1) {
		const count = at - from + 1;
		const share = (count - 1) / count;
		mean.sum *= share;
		mean.compensation *= share;
		addTo(mean, (values[at] ?? 0) / count);
	}
	return mean.sum + mean.compensation;
}

export const minimumOf: Fold = (values, from, to) => {
	let least = values[from] ?? 0;
	for (let index = from + 1; index < to; index += 1) {
		const value = values[index] ?? 0;
		if (value < least || Number.isNaN(least)) least = value;
	}
	return least;
};

export const maximumOf: Fold = (values, from, to) => {
	let most = values[from] ?? 0;
	for (let index = from + 1; index < to; index += 1) {
		const value = values[index] ?? 0;
		if (value > most || Number.isNaN(most)) most = value;
	}
	return most;
};

export const countOf: Fold = (_values, from, to) => to - from;

export const lastOf: Fold = (values, _from, to) => values[to - 1] ?? 0;

/** The population's standard deviation (Welford 1962, compensated). */
export const deviationOf: Fold = (values, from, to) => {
	const mean = { sum: 0, compensation: 0 };
	const squares = { sum: 0, compensation: 0 };
	for (let index = from; index < to; index += 1) {
		const value = values[index] ?? 0;
		const distance = value - (mean.sum + mean.compensation);
		addTo(mean, distance / (index - from + 1));
		addTo(squares, distance * (value - (mean.sum + mean.compensation)));
	}
	return Math.sqrt((squares.sum + squares.compensation) / (to - from));
};

/** The q-quantile with linear interpolation between neighbours; NaN counts as smallest. */
export function quantileOf(q: number, values: Float64Array, from: number, to: number): number {
	if (Number.isNaN(q)) return Number.NaN;
	if (q < 0) return Number.NEGATIVE_INFINITY;
	if (q > 1) return Number.POSITIVE_INFINITY;
	const sorted = values.subarray(from, to).toSorted();
	// A typed array sorts NaN to its end; Prometheus puts it first.
	const firstNaN = sorted.findIndex(Number.isNaN);
	const nans = firstNaN === -1 ? 0 : sorted.length - firstNaN;
	const at = (index: number): number => (index < nans ? Number.NaN : (sorted[index - nans] ?? Number.NaN));
	const rank = q * (sorted.length - 1);
	const lower = Math.max(0, Math.floor(rank));
	const upper = Math.min(sorted.length - 1, lower + 1);
	const weight = rank - Math.floor(rank);
	return at(lower) * (1 - weight) + at(upper) * weight;
}
