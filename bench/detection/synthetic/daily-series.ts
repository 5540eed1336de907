/** A made series and what it was made of. */
export type DailySeries = {
	readonly values: Float64Array;
	/** What the season and the trend alone would give. */
	readonly expected: Float64Array;
	/** From the middle of the season to its top. */
	readonly amplitude: number;
	/** The standard deviation of the noise. */
	readonly noise: number;
	readonly pointsPerDay: number;
};

/** The shapes of a day: `phase` 0-1, result -1 to 1. */
const SHAPES: readonly ((phase: number) => number)[] = [
	(phase) => Math.sin(2 * Math.PI * phase),
	(phase) => 0.75 * Math.sin(2 * Math.PI * phase) + 0.35 * Math.sin(4 * Math.PI * phase + 1),
	(phase) => Math.tanh(3 * Math.sin(2 * Math.PI * phase)),
];

/** A series with a level, a daily season, a slow trend and noise that is in part autocorrelated. */
export function dailySeries(points: number, pointsPerDay: number, random: () => number): DailySeries {
	const between = (low: number, high: number) => low + (high - low) * random();
	const shape = SHAPES[Math.floor(random() * SHAPES.length)] ?? Math.sin;
	const level = 10 ** between(0.5, 4);
	const amplitude = level * between(0.2, 0.6);
	const noise = amplitude * between(0.04, 0.12);
	const slope = (amplitude * between(-0.03, 0.03)) / pointsPerDay;
	const memory = between(0, 0.6);
	const shift = random();
	const values = new Float64Array(points);
	const expected = new Float64Array(points);
	let carried = 0;
	for (let i = 0; i < points; i += 1) {
		const usual = level + amplitude * shape((i / pointsPerDay + shift) % 1) + slope * i;
		carried = memory * carried + Math.sqrt(1 - memory * memory) * noise * gaussian(random);
		expected[i] = usual;
		values[i] = usual + carried;
	}
	return { values, expected, amplitude, noise, pointsPerDay };
}

/** A normally distributed number with mean 0 and deviation 1 (Box and Muller 1958). */
export function gaussian(random: () => number): number {
	return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
