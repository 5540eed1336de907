import { FEATURES, LONG, writeFeatures } from "../../../models/isolation-forest-18/features.ts";

describe("the 18 features", () => {
	it("are worked out from the last 72 values and the time", () => {
		const values = Float64Array.from({ length: LONG }, (_, i) => (i === 65 ? 10 : i / 72));
		const row = new Float32Array(FEATURES);
		writeFeatures(row, values, new Float64Array(LONG), Date.UTC(2024, 0, 4, 6));
		const short = [...values].slice(60);
		const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
		const deviation = Math.sqrt(mean(short.map((value) => (value - mean(short)) ** 2)));
		const expected = [71 / 72, mean(short), mean([...values]), deviation];
		for (const [i, value] of expected.entries()) expect(row[i]).toBeCloseTo(value, 5);
		expect([row[5], row[6], row[7], row[8]]).toEqual([60 / 72, 10, 0, 10].map(Math.fround));
		expect(row[9]).toBeCloseTo(7 / 72, 5);
		expect(row[10]).toBeCloseTo(35.5 / 72, 5);
		expect(row[12]).toBeCloseTo(1 / 72, 5);
		expect(row[13]).toBeCloseTo(1 / 72, 5);
		// Six in the morning of a Thursday: Unix time began on one.
		expect([row[14], row[15]].map((value) => Math.round(value ?? 9))).toEqual([1, 0]);
		expect(row[16]).toBeCloseTo(Math.sin((2 * Math.PI) / 28), 5);
		expect(row[17]).toBeCloseTo(Math.cos((2 * Math.PI) / 28), 5);
	});
});
