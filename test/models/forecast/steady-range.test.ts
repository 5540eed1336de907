import { steadyRange } from "../../../models/forecast/steady-range.ts";
import { trendForetold } from "../../../models/forecast/trend-foretold.ts";

const MINUTE = 60_000;
const samplesOf = (values: readonly number[]) => values.map((v, i) => ({ t: i * MINUTE, v }));

describe("whether a trend tells more than staying", () => {
	const minutes = (at: (i: number) => number) => samplesOf(Array.from({ length: 120 }, (_, i) => at(i)));

	it("does where a series rises, and does not where it only goes up and down", () => {
		const rising = minutes((i) => i / 10 + Math.sin(i * 1.7));
		const swinging = minutes((i) => 40 * Math.sin(i / 4));
		expect(trendForetold(rising, 30 * MINUTE)).toBe(true);
		expect(trendForetold(swinging, 240 * MINUTE)).toBe(false);
	});

	it("does not where there is too little to tell", () => {
		expect(trendForetold(samplesOf([1, 2, 3, 4, 5]), MINUTE)).toBe(false);
		expect(trendForetold([], MINUTE)).toBe(false);
	});
});

describe("a series that stays as it has been", () => {
	it("has its median ahead, and the range that held four of five values", () => {
		const values = Array.from({ length: 101 }, (_, i) => (i * 37) % 101);
		const points = steadyRange(samplesOf(values), { horizonMs: 10 * MINUTE, stepMs: 5 * MINUTE });
		expect(points.map(({ t }) => t)).toEqual([100, 105, 110].map((minute) => minute * MINUTE));
		expect(points[0]).toMatchObject({ v: values.at(-1), low: values.at(-1), high: values.at(-1) });
		expect(points[2]).toMatchObject({ v: 50, low: 9, high: 91 });
	});

	it("has a range as wide as all values where there are few", () => {
		const points = steadyRange(samplesOf([4, 1, 3, 2, 9, 7, 8, 5]), { horizonMs: MINUTE, stepMs: MINUTE });
		expect(points[1]).toMatchObject({ low: 1, high: 9 });
	});

	it("gives nothing where there is nothing", () => {
		expect(steadyRange([], { horizonMs: MINUTE, stepMs: MINUTE })).toEqual([]);
	});
});
