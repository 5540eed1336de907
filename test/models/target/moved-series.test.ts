import { movedSeries } from "../../../models/target/moved-series.ts";
import type { Series } from "../../../src/domain/time-series.ts";

const SINCE = 100_000;
const series = (name: string, value: (i: number) => number): Series => ({
	labels: { __name__: name, job: "a" },
	samples: Array.from({ length: 60 }, (_, i) => ({ t: i * 2000, v: value(i) })),
});
const wave = (i: number) => 10 * Math.sin(i);
const late = (i: number) => i * 2000 >= SINCE;

describe("what moved of a target", () => {
	it("is what left the range that it had, furthest first, with that range", () => {
		const found = movedSeries(
			[
				series("still", (i) => 100 + wave(i)),
				series("memory", (i) => (late(i) ? 400 : 100 + wave(i))),
				series("threads", (i) => (late(i) ? 40 : 100 + wave(i))),
			],
			SINCE,
		);
		expect(found.map(({ name, up }) => [name, up])).toEqual([
			["memory", true],
			["threads", false],
		]);
		expect(found[0]).toMatchObject({ value: 400, counts: false });
		expect(found[0]?.before.low).toBeGreaterThanOrEqual(90);
		expect(found[0]?.before.high).toBeLessThanOrEqual(110);
	});

	it("knows what only ever grows, by its name or by its values", () => {
		const found = movedSeries(
			[
				series("errors_total", (i) => (late(i) ? 50 : i % 3)),
				series("seconds", (i) => (late(i) ? 10 * i : i)),
				series("depth", (i) => (late(i) ? 90 : i % 5)),
			],
			SINCE,
		);
		expect(Object.fromEntries(found.map(({ name, counts }) => [name, counts]))).toEqual({
			errors_total: true,
			seconds: true,
			depth: false,
		});
	});

	it("leaves out what was not there before, what has no numbers, and constants", () => {
		const young = series("young", (i) => (late(i) ? 1 : Number.NaN));
		const nothing = series("nothing", () => Number.NaN);
		expect(movedSeries([young, nothing, series("constant", () => 5)], SINCE)).toEqual([]);
	});
});
