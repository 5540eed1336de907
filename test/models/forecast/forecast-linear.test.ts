import { forecastLinear, type timesAhead } from "../../../models/forecast/forecast-linear.ts";
import { fitLinearTrend } from "../../../models/forecast/forecast-linear-fit.ts";
import type { Sample } from "../../../src/domain/time-series.ts";
import { gaussian, MINUTE, START, series } from "./support.ts";

type Span = Parameters<typeof timesAhead>[0];

function continued(samples: readonly Sample[], span: Span, coverage?: number) {
	const trend = fitLinearTrend(samples, coverage);
	return trend ? forecastLinear(trend, span) : [];
}

describe("forecastLinear", () => {
	it("continues an exact line exactly", () => {
		const points = continued(
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
			const points = continued(whole.slice(0, 60), { horizonMs: 30 * 10_000, stepMs: 10_000 });
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
		expect(continued([], options)).toEqual([]);
		expect(
			continued(
				series(7, (i) => i),
				options,
			),
		).toEqual([]);
		expect(
			continued(
				series(20, (i) => (i < 13 ? Number.NaN : i)),
				options,
			),
		).toEqual([]);
	});

	it("gives at most 500 points, however fine the step", () => {
		const points = continued(
			series(60, (i) => i),
			{ horizonMs: 1e9, stepMs: 1 },
		);
		expect(points.length).toBeLessThanOrEqual(500);
		expect(points.length).toBeGreaterThan(490);
	});
});
