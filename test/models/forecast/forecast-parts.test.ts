import * as fc from "fast-check";
import { fitDailyPattern } from "../../../models/forecast/daily-pattern.ts";
import { anchorsUpTo, betweenAnchors, nearestAnchor } from "../../../models/forecast/horizon-anchors.ts";
import { marginsOf } from "../../../models/forecast/prediction-interval.ts";
import { toGrid } from "../../../models/forecast/regular-grid.ts";
import { solveRidge } from "../../../models/forecast/solve-ridge.ts";
import { normalQuantile, studentQuantile } from "../../../models/forecast/student-quantile.ts";
import { DAY, daily, gaussian, MINUTE, START, series } from "./support.ts";

describe("the grid of a series", () => {
	it("has the step of the samples, whatever they jitter", () => {
		const random = gaussian(1);
		const jittered = series(400, (i) => i, 10_000).map(({ t, v }) => ({ t: t + 150 * random(), v }));
		expect(toGrid(jittered, 2016)).toMatchObject({ stepMs: 10_000, dayCells: 8640 });
	});

	it("is coarser where there are too many, as means, and ends with the newest", () => {
		const grid = toGrid(
			series(20_000, (i) => i, 30_000),
			2016,
		);
		expect(grid?.stepMs).toBe(5 * MINUTE);
		expect(grid?.values.length).toBeLessThanOrEqual(2016);
		expect(grid?.newestMs).toBe(START + 19_999 * 30_000);
		expect(grid?.values.at(-1)).toBeCloseTo(19_994.5, 6);
	});

	it("drops what is older than its cells at six hours reach", () => {
		const grid = toGrid(
			series(900, (i) => i, DAY),
			100,
		);
		expect(grid?.stepMs).toBe(6 * 60 * MINUTE);
		expect(grid?.values).toHaveLength(100);
	});

	it("fills gaps from the day before, short ones with the last value, and says where they were", () => {
		const grid = toGrid(
			series(3 * 144, (i) => i % 144, 10 * MINUTE).filter((_, i) => i !== 200 && (i < 300 || i > 310)),
			2016,
		);
		expect(Number.isNaN(grid?.values[200])).toBe(true);
		expect(grid?.filled[200]).toBe(199 % 144);
		expect(grid?.filled[308]).toBe(308 % 144);
		expect(grid?.measured).toBe(3 * 144 - 12);
	});

	it("needs two times", () => {
		expect(toGrid([], 100)).toBeUndefined();
		expect(
			toGrid(
				[
					{ t: 5, v: 1 },
					{ t: 5, v: 2 },
				],
				100,
			),
		).toBeUndefined();
		expect(
			toGrid(
				[
					{ t: Number.NaN, v: 1 },
					{ t: 1e300, v: 2 },
					{ t: 5, v: 2 },
				],
				100,
			),
		).toBeUndefined();
	});
});

describe("the daily pattern", () => {
	it("is the course of the day without its level, its trend and one bad night", () => {
		const samples = daily(6, { trend: 20 }).map(({ t, v }, i) => ({
			t,
			v: i > 300 && i < 340 ? v + 500 : v,
		}));
		const grid = toGrid(samples, 2016);
		const { cells } = grid ? fitDailyPattern(grid) : { cells: new Float64Array(0) };
		const middle = (cells[72] ?? 0) - (cells[0] ?? 0);
		expect(middle).toBeGreaterThan(26);
		expect(middle).toBeLessThan(34);
	});
});

describe("prediction intervals", () => {
	const errors = (count: number) => Float64Array.from({ length: count }, (_, i) => i - (count - 1) / 2);

	it("hold the share of past errors they are asked for", () => {
		const { low, high } = marginsOf({ sorted: errors(1001), independent: 1001 }, 0.8);
		expect(low).toBeCloseTo(-400, -1);
		expect(high).toBeCloseTo(400, -1);
	});

	it("are wider where few errors are independent, each side by itself", () => {
		const few = marginsOf({ sorted: errors(101), independent: 5 }, 0.95);
		const many = marginsOf({ sorted: errors(101), independent: 101 }, 0.95);
		expect(few.high).toBeGreaterThan(1.2 * many.high);
		const risen = marginsOf({ sorted: Float64Array.from([1, 2, 3]), independent: 3 }, 0.8);
		expect(risen.low).toBeCloseTo(0, 12);
		expect(risen.high).toBeGreaterThan(2.5);
	});

	it("are nothing without errors", () => {
		expect(marginsOf({ sorted: new Float64Array(0), independent: 1 }, 0.8)).toEqual({ low: 0, high: 0 });
	});
});

describe("quantiles", () => {
	it("are those of the tables", () => {
		expect(normalQuantile(0.975)).toBeCloseTo(1.96, 2);
		expect(normalQuantile(0.1)).toBeCloseTo(-1.2816, 2);
		expect(studentQuantile(1.96, 10)).toBeCloseTo(2.228, 1);
		expect(studentQuantile(1.2816, 1e9)).toBeCloseTo(1.2816, 6);
	});
});

describe("ridge regression", () => {
	it("solves what has a solution, and gives 0 for columns that say nothing", () => {
		const matrix = Float64Array.from([4, 0, 0, 2, 3, 0, 0, 0, 0]);
		const solved = solveRidge(matrix, Float64Array.from([10, 8, 0]), new Float64Array(3), 3);
		expect(solved[0]).toBeCloseTo(1.75, 12);
		expect(solved[1]).toBeCloseTo(1.5, 12);
		expect(solved[2]).toBe(0);
	});
});

describe("anchors", () => {
	it("rise to the last one, and every horizon lies between two of them", () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 900 }), (most, steps) => {
				const anchors = anchorsUpTo(most, 1.6);
				expect(anchors[0]).toBe(1);
				expect(anchors.at(-1)).toBe(most);
				expect(anchors).toEqual([...new Set(anchors)].toSorted((a, b) => a - b));
				const { before, after, share } = betweenAnchors(anchors, steps);
				expect(anchors[before]).toBeLessThanOrEqual(steps);
				expect(anchors[after]).toBeGreaterThanOrEqual(Math.min(steps, most));
				expect(share >= 0 && share <= 1).toBe(true);
				expect([before, after]).toContain(nearestAnchor(anchors, steps));
			}),
		);
	});
});
