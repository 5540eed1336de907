/** Numbers in a row of features. */
export const FEATURES = 18;
/** Points of the short and of the long window: an hour and six hours at a step of 5 minutes. */
const SHORT = 12;
export const LONG = 72;
const DAY_MS = 86_400_000;

/** The columns that belong together, for the reasons. */
export const featureGroups: readonly {
	readonly signal: string;
	readonly columns: readonly number[];
	readonly text: string;
}[] = [
	{ signal: "level", columns: [0, 1, 2, 5, 6, 7, 8, 9, 10, 11], text: "at a level that it seldom has" },
	{ signal: "swing", columns: [3, 4], text: "swinging more or less than usual" },
	{ signal: "change", columns: [12, 13], text: "changing faster than usual" },
	{ signal: "hour", columns: [14, 15, 16, 17], text: "unusual for this hour and day of the week" },
];

/**
 * Writes the 18 features of the newest point to `row`. `values` are the last 72 values, oldest first, as deviations
 * from the series' running mean in running deviations, so that rows of different series can stand together:
 *
 * 0 value; 1, 2 rolling mean of 12 and of 72 points; 3, 4 rolling deviation of 12 and of 72; 5, 6 least and largest of
 * 12; 7, 8 least and largest of 72; 9, 10, 11 quantiles 10 %, 50 % and 90 % of 72; 12, 13 rate of change over 1 and
 * over 12 points; 14, 15 sine and cosine of the time of day; 16, 17 sine and cosine of the time of the week (UTC).
 *
 * `sorted` is scratch of the same length.
 */
export function writeFeatures(
	row: Float32Array,
	values: Float64Array,
	sorted: Float64Array,
	atMs: number,
): void {
	const last = values[LONG - 1] ?? 0;
	sorted.set(values);
	sorted.sort();
	row[0] = last;
	row[1] = meanFrom(values, LONG - SHORT);
	row[2] = meanFrom(values, 0);
	row[3] = deviationFrom(values, LONG - SHORT, row[1]);
	row[4] = deviationFrom(values, 0, row[2]);
	let least = last;
	let largest = last;
	for (let i = LONG - SHORT; i < LONG; i += 1) {
		const value = values[i] ?? 0;
		if (value < least) least = value;
		if (value > largest) largest = value;
	}
	row[5] = least;
	row[6] = largest;
	row[7] = sorted[0] ?? 0;
	row[8] = sorted[LONG - 1] ?? 0;
	row[9] = sorted[Math.round(0.1 * (LONG - 1))] ?? 0;
	row[10] = medianOf(sorted);
	row[11] = sorted[Math.round(0.9 * (LONG - 1))] ?? 0;
	row[12] = last - (values[LONG - 2] ?? 0);
	row[13] = (last - (values[LONG - 1 - SHORT] ?? 0)) / SHORT;
	const day = (2 * Math.PI * (atMs % DAY_MS)) / DAY_MS;
	const week = (2 * Math.PI * (atMs % (7 * DAY_MS))) / (7 * DAY_MS);
	row[14] = Math.sin(day);
	row[15] = Math.cos(day);
	row[16] = Math.sin(week);
	row[17] = Math.cos(week);
}

function medianOf(sorted: Float64Array): number {
	return ((sorted[LONG / 2 - 1] ?? 0) + (sorted[LONG / 2] ?? 0)) / 2;
}

function meanFrom(values: Float64Array, from: number): number {
	let sum = 0;
	for (let i = from; i < LONG; i += 1) sum += values[i] ?? 0;
	return sum / (LONG - from);
}

function deviationFrom(values: Float64Array, from: number, mean: number): number {
	let sum = 0;
	for (let i = from; i < LONG; i += 1) sum += ((values[i] ?? 0) - mean) ** 2;
	return Math.sqrt(sum / (LONG - from));
}
