import { CANDIDATES } from "../../../bench/forecast/candidates.ts";
import { fitScaled } from "../../../models/forecast/fit-scaled.ts";
import { type Grid, toGrid } from "../../../models/forecast/regular-grid.ts";
import type { Sample } from "../../../src/domain/time-series.ts";
import { daily, gaussian, MINUTE, series } from "./support.ts";

const truth = (index: number) => 35 - 15 * Math.cos((2 * Math.PI * index) / 144);
const seasonal = CANDIDATES.filter(({ name }) => !["last-value", "linear"].includes(name));

function gridOf(samples: readonly Sample[]): Grid {
	const grid = toGrid(samples, 2016);
	if (!grid) throw new Error("no grid");
	return grid;
}

describe.each(CANDIDATES.map((one) => [one.name, one] as const))("%s", (_name, forecaster) => {
	it("repeats itself, and never gives what is no number", () => {
		const holed = daily(5, { noise: gaussian(2) }).filter((_, i) => i % 5 !== 0 && (i < 300 || i > 480));
		const [first, second] = [1, 2].map(() => fitScaled(forecaster, gridOf(holed), 144));
		for (let ahead = 1; ahead <= 300; ahead++) {
			expect(Number.isFinite(first?.at(ahead))).toBe(true);
			expect(second?.at(ahead)).toBe(first?.at(ahead));
		}
	});

	it("knows its past errors: sorted numbers, of which some are independent", () => {
		const fitted = fitScaled(forecaster, gridOf(daily(5, { noise: gaussian(7) })), 144);
		for (const ahead of [1, 2, 30, 144, 500]) {
			const { sorted, independent } = fitted?.errors(ahead) ?? {
				sorted: new Float64Array(0),
				independent: 0,
			};
			expect(sorted.length).toBeGreaterThan(5);
			expect(independent).toBeGreaterThanOrEqual(1);
			expect([...sorted]).toEqual([...sorted].toSorted((a, b) => a - b));
			expect(sorted.every((error) => Number.isFinite(error))).toBe(true);
		}
	});

	it("stays where a series never changes", () => {
		const fitted = fitScaled(forecaster, gridOf(series(600, () => 7, 10 * MINUTE)), 144);
		expect(fitted?.at(1)).toBe(7);
		expect(fitted?.at(144)).toBe(7);
	});
});

describe.each(seasonal.map((one) => [one.name, one] as const))("%s", (_name, forecaster) => {
	it("continues the usual day", () => {
		const samples = daily(6, { noise: gaussian(12) });
		const fitted = fitScaled(forecaster, gridOf(samples), 144);
		let error = 0;
		for (let ahead = 1; ahead <= 144; ahead++)
			error += Math.abs((fitted?.at(ahead) ?? Number.NaN) - truth(6 * 144 - 1 + ahead)) / 144;
		expect(error).toBeLessThan(2.2);
	});

	it("says nothing with less than two days", () => {
		expect(fitScaled(forecaster, gridOf(daily(1.9, { noise: gaussian(1) })), 144)).toBeUndefined();
	});
});
