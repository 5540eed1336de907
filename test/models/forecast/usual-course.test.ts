import { leftItsCourse } from "../../../models/forecast/left-its-course.ts";
import { forecastAstray, usualCourse } from "../../../models/forecast/usual-course.ts";
import { DAY, daily, gaussian, HOUR, MINUTE, START, series } from "./support.ts";

const NOW = START + 7 * DAY;
/** An hour of samples every 30 s before `NOW`. */
const hour = (value: (t: number) => number) =>
	series(120, () => 0, 30_000).map((_, i) => {
		const t = NOW - (120 - i) * 30_000;
		return { t, v: value(t) };
	});
const usualAt = (t: number) => 35 - 15 * Math.cos((2 * Math.PI * (t - START)) / DAY);
/** The morning rises fastest a quarter of a day after midnight. */
const morning = { startMs: NOW + 5 * HOUR, endMs: NOW + 8 * HOUR, stepMs: 10 * MINUTE };

describe("the usual course", () => {
	it("is how the day goes on, as differences", () => {
		const course = usualCourse(daily(7), morning);
		expect(course[0]?.t).toBe(morning.startMs);
		expect(course.at(-1)?.t).toBe(morning.endMs);
		const risen = (course.at(-1)?.v ?? 0) - (course[0]?.v ?? 0);
		expect(risen).toBeCloseTo(usualAt(morning.endMs) - usualAt(morning.startMs), 0);
	});

	it("is not known from two days, from days that are not alike, or for no span", () => {
		const noise = gaussian(2);
		expect(usualCourse(daily(2.5), morning)).toEqual([]);
		expect(usualCourse(series(7 * 144, noise, 10 * MINUTE), morning)).toEqual([]);
		expect(usualCourse(daily(7), { ...morning, endMs: morning.startMs })).toEqual([]);
		expect(usualCourse([], morning)).toEqual([]);
	});

	it("has at most 100 points", () => {
		expect(usualCourse(daily(7), { ...morning, stepMs: 1 }).length).toBeLessThanOrEqual(100);
	});
});

describe("a series that went astray", () => {
	const span = { horizonMs: 2 * HOUR, stepMs: 10 * MINUTE };
	const usual = usualCourse(daily(7), { startMs: NOW - HOUR, endMs: NOW + 3 * HOUR, stepMs: 5 * MINUTE });

	it("goes on with its leak, over the usual day", () => {
		const leak = (t: number) => usualAt(t) + 40 + ((t - NOW) / HOUR) * 10;
		const points = forecastAstray(hour(leak), span, usual);
		expect(points).toHaveLength(13);
		for (const point of points) expect(Math.abs(point.v - leak(point.t))).toBeLessThan(1);
	});

	it("without a usual day goes on straight", () => {
		const points = forecastAstray(
			hour((t) => 50 + (t - NOW) / HOUR),
			span,
		);
		expect(points.at(-1)?.v).toBeCloseTo(52, 1);
	});

	it("has no points with fewer than 8 samples", () => {
		expect(forecastAstray(hour(() => 1).slice(-7), span, usual)).toEqual([]);
	});
});

describe("whether a series left the course of its days", () => {
	const noise = gaussian(6);
	const history = daily(7, { trend: 1, noise: () => 0.3 * noise() });
	const foretold = (t: number) => usualAt(t) + (t - START) / DAY + 0.3 * noise();

	it("is so with a leak, not with a usual rise, nor with a lasting step", () => {
		expect(
			leftItsCourse(
				history,
				hour((t) => foretold(t) + (t - NOW + HOUR) / (10 * MINUTE)),
			),
		).toBe(true);
		expect(leftItsCourse(history, hour(foretold))).toBe(false);
		expect(
			leftItsCourse(
				history,
				hour((t) => foretold(t) + 6),
			),
		).toBe(false);
	});

	it("is so where there are no days to tell", () => {
		expect(leftItsCourse([], hour(foretold))).toBe(true);
	});
});
