import { forecastLinear, timeToReach } from "../../../models/forecast/forecast-linear.ts";
import { fitLinearTrend } from "../../../models/forecast/forecast-linear-fit.ts";

const MINUTE = 60_000;
const START = 1_700_000_000_000;

/** A small seeded generator (mulberry32) and Box-Muller, so that noise repeats. */
function gaussian(seed: number): () => number {
	let state = seed;
	const uniform = () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
	return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

function series(count: number, value: (index: number) => number, stepMs = 10_000) {
	return Array.from({ length: count }, (_, index) => ({ t: START + index * stepMs, v: value(index) }));
}

describe("forecastLinear", () => {
	it("continues an exact line exactly", () => {
		const points = forecastLinear(
			series(60, (i) => 100 + 2 * i),
			{ horizonMs: 10 * MINUTE, stepMs: MINUTE },
		);
		expect(points).toHaveLength(11);
		expect(points[0]?.t).toBe(START + 59 * 10_000);
		for (const point of points) expect(point.v).toBeCloseTo(100 + (2 * (point.t - START)) / 10_000, 6);
	});

	it("is not bent by a fifth of outliers", () => {
		const noise = gaussian(1);
		const bent = series(100, (i) => (i % 5 === 0 ? 9_000 : 50 + i + noise()));
		const trend = fitLinearTrend(bent);
		expect((trend?.slopePerMs ?? 0) * 10_000).toBeCloseTo(1, 1);
	});

	it("follows the recent part after the trend has changed", () => {
		const noise = gaussian(2);
		const leak = series(360, (i) => (i < 300 ? 200 : 200 + (i - 300) * 8) + noise());
		const trend = fitLinearTrend(leak);
		expect((trend?.slopePerMs ?? 0) * 10_000).toBeGreaterThan(7.5);
		expect((trend?.slopePerMs ?? 0) * 10_000).toBeLessThan(8.5);
	});

	it("follows a change that is only a thirtieth of the history old", () => {
		const noise = gaussian(5);
		const leak = series(720, (i) => (i < 698 ? 200 : 200 + (i - 698) * 26) + noise());
		const slope = (fitLinearTrend(leak)?.slopePerMs ?? 0) * 10_000;
		expect(slope).toBeGreaterThan(22);
		expect(slope).toBeLessThan(28);
	});

	it("has an 80 % interval that holds about 80 % of what comes", () => {
		let inside = 0;
		let all = 0;
		for (let seed = 1; seed <= 200; seed++) {
			const noise = gaussian(seed * 7919);
			const whole = series(90, (i) => 10 + 0.3 * i + 4 * noise());
			const points = forecastLinear(whole.slice(0, 60), { horizonMs: 30 * 10_000, stepMs: 10_000 });
			for (const point of points.slice(1)) {
				const actual = whole.find((sample) => sample.t === point.t)?.v ?? Number.NaN;
				all += 1;
				if (actual >= point.low && actual <= point.high) inside += 1;
			}
		}
		expect(all).toBe(6_000);
		expect(inside / all).toBeGreaterThan(0.74);
		expect(inside / all).toBeLessThan(0.88);
	});

	it("says nothing with fewer than 8 finite samples", () => {
		const options = { horizonMs: MINUTE, stepMs: 10_000 };
		expect(forecastLinear([], options)).toEqual([]);
		expect(
			forecastLinear(
				series(7, (i) => i),
				options,
			),
		).toEqual([]);
		expect(
			forecastLinear(
				series(20, (i) => (i < 13 ? Number.NaN : i)),
				options,
			),
		).toEqual([]);
	});

	it("gives at most 500 points, however fine the step", () => {
		const points = forecastLinear(
			series(60, (i) => i),
			{ horizonMs: 1e9, stepMs: 1 },
		);
		expect(points.length).toBeLessThanOrEqual(500);
		expect(points.length).toBeGreaterThan(490);
	});
});

describe("timeToReach", () => {
	it("finds the crossing with its range", () => {
		const noise = gaussian(3);
		const found = timeToReach(
			series(120, (i) => 40 + 0.05 * i + 0.1 * noise()),
			100,
		);
		if (!("atMs" in found)) throw new Error(JSON.stringify(found));
		const truth = START + 1200 * 10_000;
		expect(Math.abs(found.atMs - truth)).toBeLessThan(10 * MINUTE);
		expect(found.earliestMs).toBeLessThanOrEqual(truth);
		expect(found.latestMs).toBeGreaterThanOrEqual(truth);
		expect(found.earliestMs).toBeLessThan(found.atMs);
		expect(found.latestMs).toBeGreaterThan(found.atMs);
	});

	it("says never for a flat, a noisy flat and a falling series", () => {
		expect(
			timeToReach(
				series(120, () => 40),
				100,
			),
		).toEqual({ never: "it is not rising" });
		const noisy = Array.from({ length: 200 }, (_, seed) => {
			const noise = gaussian(seed + 1);
			return timeToReach(
				series(120, () => 40 + noise()),
				100,
				{ reach: 1e6 },
			);
		});
		const risen = noisy.filter((found) => !("never" in found));
		expect(risen.length).toBeLessThanOrEqual(8);
		expect(
			timeToReach(
				series(120, (i) => 40 - 0.1 * i),
				100,
			),
		).toEqual({ never: "it is falling" });
	});

	it("says that it does not know with little history", () => {
		expect(timeToReach([], 100)).toEqual({ notKnown: "there are no samples" });
		expect(
			timeToReach(
				series(25, (i) => i),
				100,
			),
		).toEqual({ notKnown: "only 4 min of history" });
	});

	it("does not draw a trend further than 48 times its history", () => {
		const found = timeToReach(
			series(61, (i) => 40 + 0.001 * i),
			100,
		);
		expect(found).toEqual({
			notKnown: "not within 8 h at the present pace, and 10 min of history can't tell further",
		});
	});

	it("is now where the limit is passed already, and can look downwards", () => {
		const full = series(60, () => 100);
		expect(timeToReach(full, 100)).toMatchObject({ atMs: full.at(-1)?.t });
		const falling = timeToReach(
			series(60, (i) => 100 - i),
			0,
			{ direction: "below" },
		);
		if (!("atMs" in falling)) throw new Error(JSON.stringify(falling));
		expect(Math.round((falling.atMs - START) / 10_000)).toBe(100);
	});
});
