import { furtherOf, isHigh, isOutside, leftBand } from "../../src/domain/left-band.ts";

const band = { low: 8.98, high: 10.9 };
const samples = (...values: readonly number[]) => values.map((v, i) => ({ t: i * 1000, v }));

test.each([
	[8.97, true],
	[8.98, false],
	[9.84, false],
	[10.9, false],
	[10.91, true],
	[Number.NaN, false],
])("%p outside of 8.98 to 10.9: %p", (value, outside) => {
	expect(isOutside(value, band)).toBe(outside);
});

test("nothing is outside a band that a detector does not have", () => {
	expect(isOutside(12, { low: 9, high: 9 })).toBe(false);
});

describe("a finding", () => {
	const finding = { outsideSinceMs: 2000, peak: 12, band };

	it("left its band where its first value is outside", () => {
		expect(leftBand(finding, samples(9, 9, 11.5, 9, 12))).toBe(true);
		expect(leftBand(finding, samples(9, 9, Number.NaN, 11.5))).toBe(true);
	});

	it("that began inside its band did not leave it then, though it did later", () => {
		expect(leftBand(finding, samples(9, 12, 10.3, 10.6, 12))).toBe(false);
	});

	it("is judged by its furthest value where its first is not known", () => {
		expect(leftBand(finding, samples(9))).toBe(true);
		expect(leftBand({ ...finding, peak: 10.3 }, [])).toBe(false);
	});
});

test("the furthest value is the highest on the upper side and the lowest on the other", () => {
	expect(furtherOf(band, 9.84, 10.3)).toBe(10.3);
	expect(furtherOf(band, 10.3, 9.84)).toBe(10.3);
	expect(furtherOf(band, 10.3, 9.2)).toBe(9.2);
	expect([10.3, 12, 9.2, 3].map((peak) => isHigh(peak, band))).toEqual([true, true, false, false]);
});
