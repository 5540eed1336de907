import * as fc from "fast-check";
import { forecastSeries } from "../../../models/forecast/forecast-series.ts";
import type { Sample } from "../../../src/domain/time-series.ts";
import { DAY, daily, gaussian, HOUR, MINUTE, START, series } from "./support.ts";

const AHEAD = { horizonMs: DAY, stepMs: 10 * MINUTE };
/** What `daily` has `index` steps after its beginning. */
const truth = (index: number, trend = 0) =>
	35 - 15 * Math.cos((2 * Math.PI * index) / 144) + (trend * index) / 144;

describe("forecastSeries with days of history", () => {
	it("continues the day and its trend, from the newest sample on", () => {
		const noise = gaussian(4);
		const found = forecastSeries(daily(6, { trend: 2, noise }), AHEAD);
		expect(found.model).toBe("seasonal");
		expect(found.basis).toBe("daily pattern of 6 days and its trend");
		expect((found.slopePerMs ?? 0) * DAY).toBeCloseTo(2, 0);
		expect(found.points).toHaveLength(145);
		expect(found.points[0]?.t).toBe(START + (6 * 144 - 1) * 10 * MINUTE);
		const errors = found.points.slice(1).map((point, i) => Math.abs(point.v - truth(6 * 144 + i, 2)));
		expect(errors.reduce((sum, error) => sum + error / 144, 0)).toBeLessThan(1.2);
	});

	it("goes on for a week by pattern and trend, ever less sure", () => {
		const { points } = forecastSeries(daily(7, { trend: 3, noise: gaussian(9) }), {
			horizonMs: 7 * DAY,
			stepMs: HOUR,
		});
		const errors = points.slice(1).map((point, i) => Math.abs(point.v - truth(7 * 144 + 6 * i + 5, 3)));
		expect(errors.reduce((sum, error) => sum + error / errors.length, 0)).toBeLessThan(2);
		const width = (at: number) => (points[at]?.high ?? 0) - (points[at]?.low ?? 0);
		expect(width(160)).toBeGreaterThan(2 * width(20));
	});

	it("knows a weekend from a working day after two weeks", () => {
		const noise = gaussian(3);
		// 14 days that end with a Friday: the next day is the third Saturday.
		const high = (day: number) => (day % 7 < 2 ? 4 : 40);
		const samples = series(
			14 * 144,
			(i) => 10 + high(Math.floor(i / 144)) * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / 144)) + noise(),
			10 * MINUTE,
		);
		const { points, basis } = forecastSeries(samples, AHEAD);
		expect(basis).toBe("daily and weekly pattern of 14 days and its trend");
		expect(points[72]?.v).toBeGreaterThan(5);
		expect(points[72]?.v).toBeLessThan(32);
	});

	it("has intervals that hold about the share they are asked for", () => {
		for (const coverage of [0.8, 0.95]) {
			let [inside, all] = [0, 0];
			for (let seed = 1; seed <= 8; seed++) {
				const noise = gaussian(seed * 7919);
				const whole = daily(8, { noise: () => 3 * noise() });
				const { points } = forecastSeries(whole.slice(0, 7 * 144), { ...AHEAD, coverage });
				for (const [i, point] of points.slice(1).entries()) {
					const actual = whole[7 * 144 + i]?.v ?? Number.NaN;
					all += 1;
					if (actual >= point.low && actual <= point.high) inside += 1;
				}
			}
			expect(inside / all).toBeGreaterThan(coverage - 0.08);
			expect(inside / all).toBeLessThan(Math.min(0.995, coverage + 0.1));
		}
	});

	it("bears gaps, disorder and repeated times", () => {
		const whole = daily(7, { noise: gaussian(8) });
		const holed = whole.filter((_, i) => i % 9 !== 0 && (i < 500 || i > 560));
		const disordered = [...holed.slice(300), ...holed.slice(0, 300), ...holed.slice(700)];
		const found = forecastSeries(disordered, AHEAD);
		expect(found).toEqual(forecastSeries(holed, AHEAD));
		const errors = found.points.slice(1).map((point, i) => Math.abs(point.v - truth(7 * 144 + i)));
		expect(errors.reduce((sum, error) => sum + error / 144, 0)).toBeLessThan(2);
	});

	it("says so where days are not alike", () => {
		const noise = gaussian(11);
		const found = forecastSeries(
			series(5 * 144, () => 20 + noise(), 10 * MINUTE),
			AHEAD,
		);
		expect(found.basis).toBe("course of the last 5 days, whose days are not alike");
		for (const point of found.points.slice(1)) expect(Math.abs(point.v - 20)).toBeLessThan(1.5);
	});

	it("stays where a series never changes", () => {
		const { points } = forecastSeries(
			series(5 * 144, () => 0.1, 10 * MINUTE),
			AHEAD,
		);
		expect(points).toHaveLength(145);
		for (const point of points) {
			expect(point.v).toBeCloseTo(0.1, 12);
			expect(point.high - point.low).toBeCloseTo(0, 12);
		}
	});

	it("is the same for bytes and for terabytes", () => {
		const samples = daily(5, { noise: gaussian(5) });
		const large = forecastSeries(
			samples.map(({ t, v }) => ({ t, v: v * 2 ** 40 })),
			AHEAD,
		);
		const small = forecastSeries(samples, AHEAD);
		for (const [i, point] of large.points.entries())
			expect(point.v / 2 ** 40).toBeCloseTo(small.points[i]?.v ?? Number.NaN, 6);
	});
});

describe("forecastSeries with little history", () => {
	it("continues the straight trend, and says of how long", () => {
		const found = forecastSeries(
			series(61, (i) => 100 + 2 * i),
			{ horizonMs: 10 * MINUTE, stepMs: MINUTE },
		);
		expect(found.model).toBe("linear");
		expect(found.basis).toBe("trend of the last 10 min");
		expect(found.points).toHaveLength(11);
		expect(found.points.at(-1)?.v).toBeCloseTo(340, 6);
	});

	it("has no points with fewer than 8 samples", () => {
		for (const count of [0, 1, 7])
			expect(
				forecastSeries(
					series(count, (i) => i),
					AHEAD,
				),
			).toEqual({
				points: [],
				model: "none",
				basis: "fewer than 8 samples",
				basisMs: 0,
			});
	});

	it("bears a million samples", () => {
		const found = forecastSeries(
			series(1_000_000, (i) => i % 17, 1000),
			{ horizonMs: DAY, stepMs: HOUR },
		);
		expect(found.points).toHaveLength(25);
	});
});

describe("forecastSeries with any input", () => {
	const odd = fc.constantFrom(
		Number.NaN,
		Number.POSITIVE_INFINITY,
		Number.NEGATIVE_INFINITY,
		0,
		-0,
		5e-324,
		1e308,
		-1e308,
		Number.MAX_VALUE,
	);
	const value = fc.oneof({ weight: 3, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) }, odd);
	const anyTime = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: START, max: START + 5 * DAY }) }, odd);
	const few = fc.array(fc.record({ t: anyTime, v: value }), { maxLength: 60 });
	/** Days of samples, a part of which was replaced. */
	const days = fc
		.record({ spoiled: fc.array(fc.tuple(fc.nat(600), value), { maxLength: 80 }), from: fc.nat(200) })
		.map(({ spoiled, from }): Sample[] => {
			const samples = daily(4.2).slice(from);
			for (const [at, v] of spoiled) if (samples[at]) samples[at] = { t: samples[at].t, v };
			return samples;
		});
	const span = fc.record({
		horizonMs: fc.oneof(fc.integer({ min: 0, max: 9 * DAY }), odd),
		stepMs: fc.oneof(fc.integer({ min: -5, max: DAY }), odd),
		coverage: fc.option(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), odd), { nil: undefined }),
	});

	it("never gives a value that is no number, an interval that is turned round, or too many points", () => {
		fc.assert(
			fc.property(fc.oneof(few, days), span, (samples, options) => {
				const { points, basis } = forecastSeries(samples, options);
				expect(points.length).toBeLessThanOrEqual(500);
				expect(basis).not.toMatch(/NaN|undefined|Infinity/);
				for (const [i, { t, v, low, high }] of points.entries()) {
					expect([t, v, low, high].every((number) => Number.isFinite(number))).toBe(true);
					expect(low <= v && v <= high).toBe(true);
					expect(t).toBeGreaterThan(points[i - 1]?.t ?? Number.NEGATIVE_INFINITY);
				}
			}),
			{ numRuns: 60 },
		);
	});
});
