import { type DailySeries, gaussian } from "./daily-series.ts";

/** Where something abnormal is: from `start` to before `end`, in points. */
export type Extent = { readonly start: number; readonly end: number };

/** Changes the values of one or two days from `dayStart` on; says where. */
export type Inject = (series: DailySeries, dayStart: number, random: () => number) => Extent;

/** Every kind of injection. */
export const injections: ReadonlyMap<string, Inject> = new Map<string, Inject>([
	["spike", spike],
	["level-shift", levelShift],
	["contextual", contextual],
	["variance", variance],
	["ramp", ramp],
	["missing-cycle", missingCycle],
	["flat-line", flatLine],
]);

/** One to three points far off. */
function spike(series: DailySeries, dayStart: number, random: () => number): Extent {
	const extent = pick(series, dayStart, [1, 3], random);
	const height = sign(random) * (series.amplitude * (0.8 + random()) + 6 * series.noise);
	return change(series, extent, (value) => value + height);
}

/** Six to twenty-four hours on another level. */
function levelShift(series: DailySeries, dayStart: number, random: () => number): Extent {
	const extent = pick(series, dayStart, [72, 288], random);
	const height = sign(random) * (series.amplitude * (0.6 + 0.6 * random()) + 3 * series.noise);
	return change(series, extent, (value) => value + height);
}

/** One to three hours with the values of half a day before: each is in the range of every day, but not at this hour. */
function contextual(series: DailySeries, dayStart: number, random: () => number): Extent {
	const { values, expected, amplitude, pointsPerDay } = series;
	const half = pointsPerDay / 2;
	const differs = (i: number) => Math.abs((expected[i] ?? 0) - (expected[i - half] ?? 0)) > amplitude;
	const { start, end } = pick(series, dayStart, [12, 36], random);
	let moved = 0;
	while (moved < pointsPerDay && !(differs(start + moved) && differs(end + moved))) moved += 1;
	const before = values.slice(start + moved - half, end + moved - half);
	values.set(before, start + moved);
	return { start: start + moved, end: end + moved };
}

/** Three to twelve hours with four to six times the noise. */
function variance(series: DailySeries, dayStart: number, random: () => number): Extent {
	const extent = pick(series, dayStart, [36, 144], random);
	const wider = series.noise * (4 + 2 * random());
	return change(series, extent, (value) => value + wider * gaussian(random));
}

/** A leak: six to eighteen hours of steady rise, then as before. */
function ramp(series: DailySeries, dayStart: number, random: () => number): Extent {
	const extent = pick(series, dayStart, [72, 216], random);
	const height = sign(random) * (1.5 * series.amplitude + 4 * series.noise);
	return change(series, extent, (value, share) => value + height * share);
}

/** A day without its season: the noise goes on around the level where the day began. */
function missingCycle(series: DailySeries, dayStart: number, random: () => number): Extent {
	const extent = pick(series, dayStart, [series.pointsPerDay, series.pointsPerDay], random);
	const level = series.expected[extent.start] ?? 0;
	return change(series, extent, (value, _share, i) => value - (series.expected[i] ?? 0) + level);
}

/** Two to eight hours of one and the same value. */
function flatLine(series: DailySeries, dayStart: number, random: () => number): Extent {
	const extent = pick(series, dayStart, [24, 96], random);
	const stuck = series.values[extent.start] ?? 0;
	return change(series, extent, () => stuck);
}

function pick(
	series: DailySeries,
	dayStart: number,
	[shortest, longest]: readonly [number, number],
	random: () => number,
): Extent {
	const start = dayStart + Math.floor(random() * series.pointsPerDay);
	return { start, end: start + shortest + Math.floor(random() * (longest - shortest + 1)) };
}

function change(
	series: DailySeries,
	extent: Extent,
	to: (value: number, share: number, i: number) => number,
): Extent {
	const { start, end } = extent;
	for (let i = start; i < end; i += 1) {
		series.values[i] = to(series.values[i] ?? 0, (i - start + 1) / (end - start), i);
	}
	return extent;
}

function sign(random: () => number): 1 | -1 {
	return random() < 0.5 ? -1 : 1;
}
