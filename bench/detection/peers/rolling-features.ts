/** Numbers that describe a point. */
export const ROLLING_FEATURES = 18;

const WINDOWS = [12, 48, 288];
const MEDIAN_POINTS = 12;
const DAY_MS = 86_400_000;

/**
 * Eighteen numbers for each point from it and the points before, row by row: the value; over the last 12, 48 and 288
 * points mean, deviation, least and largest; the median of the last 12; changes over 1 and 12 points; time of day and
 * day of the week. Missing values are taken as the one before.
 */
export function rollingFeatures(timesMs: Float64Array, raw: Float64Array): Float32Array {
	const values = filled(raw);
	const rows = new Float32Array(values.length * ROLLING_FEATURES);
	const put = (column: number, of: (i: number) => number) => {
		for (let i = 0; i < values.length; i += 1) rows[i * ROLLING_FEATURES + column] = of(i);
	};
	const at = (i: number) => values[Math.max(0, i)] ?? 0;
	put(0, at);
	for (const [number, points] of WINDOWS.entries()) {
		const { mean, deviation } = moments(values, points);
		put(1 + 4 * number, (i) => mean[i] ?? 0);
		put(2 + 4 * number, (i) => deviation[i] ?? 0);
		const least = extreme(values, points, (a, b) => a <= b);
		const largest = extreme(values, points, (a, b) => a >= b);
		put(3 + 4 * number, (i) => least[i] ?? 0);
		put(4 + 4 * number, (i) => largest[i] ?? 0);
	}
	put(13, (i) => medianOf(values.slice(Math.max(0, i - MEDIAN_POINTS + 1), i + 1)));
	put(14, (i) => at(i) - at(i - 1));
	put(15, (i) => at(i) - at(i - 12));
	put(16, (i) => ((timesMs[i] ?? 0) % DAY_MS) / DAY_MS);
	put(17, (i) => Math.floor((timesMs[i] ?? 0) / DAY_MS) % 7);
	return rows;
}

function filled(raw: Float64Array): Float64Array {
	let last = raw.find(Number.isFinite) ?? 0;
	return raw.map((value) => {
		if (Number.isFinite(value)) last = value;
		return last;
	});
}

function moments(values: Float64Array, points: number): { mean: Float64Array; deviation: Float64Array } {
	const mean = new Float64Array(values.length);
	const deviation = new Float64Array(values.length);
	const origin = values[0] ?? 0;
	let sum = 0;
	let squares = 0;
	for (let i = 0; i < values.length; i += 1) {
		const apart = (values[i] ?? 0) - origin;
		const gone = i >= points ? (values[i - points] ?? 0) - origin : 0;
		sum += apart - gone;
		squares += apart * apart - gone * gone;
		const count = Math.min(points, i + 1);
		mean[i] = origin + sum / count;
		deviation[i] = Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
	}
	return { mean, deviation };
}

/** The first value of each window in the order `before`, by a queue of the values that may still become it. */
function extreme(
	values: Float64Array,
	points: number,
	before: (a: number, b: number) => boolean,
): Float64Array {
	const out = new Float64Array(values.length);
	const queue: number[] = [];
	let head = 0;
	for (let i = 0; i < values.length; i += 1) {
		const value = values[i] ?? 0;
		while (queue.length > head && before(value, values[queue.at(-1) ?? 0] ?? 0)) queue.pop();
		queue.push(i);
		while ((queue[head] ?? 0) <= i - points) head += 1;
		out[i] = values[queue[head] ?? 0] ?? 0;
	}
	return out;
}

function medianOf(values: Float64Array): number {
	return values.toSorted()[values.length >> 1] ?? 0;
}
