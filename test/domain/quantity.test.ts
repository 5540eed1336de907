import * as fc from "fast-check";
import {
	formatDuration,
	formatNumber,
	formatQuantity,
	formatRange,
	scaleFor,
	Unit,
} from "../../src/domain/quantity.ts";

const MB = 1024 ** 2;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Every space of a quantity that must not break. */
const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("a number", () => {
	it.each([
		[0.14, "0.14"],
		[12.4, "12.4"],
		[4210, "4,210"],
		[3_100_000, "3.1 M"],
		[0, "0"],
		[-0, "0"],
		[0.004, "0"],
		[-0.004, "0"],
		[0.005, "0.01"],
		[1.5, "1.5"],
		[1.234, "1.23"],
		[9.996, "10"],
		[99.94, "99.9"],
		[99.96, "100"],
		[123.4, "123"],
		[999.6, "1,000"],
		[-1234.5, "-1,235"],
		[9999, "9,999"],
		[9999.4, "9,999"],
		[9999.6, "10 k"],
		[10_000, "10 k"],
		[12_345, "12.3 k"],
		[999_499, "999 k"],
		[999_500, "1 M"],
		[1_000_000, "1 M"],
		[-3_100_000, "-3.1 M"],
		[31_000_000_000, "31,000 M"],
		[1e15, "1.00e+15"],
		[Number.MAX_VALUE, "1.80e+308"],
		[Number.NaN, "no data"],
		[Number.POSITIVE_INFINITY, "no data"],
	])("%p reads %p: three digits, at most two decimals, in full to 9,999", (value, text) => {
		expect(formatNumber(value)).toBe(text);
	});

	it("never takes more than twelve characters and stays within a percent of the value", () => {
		const factors: Readonly<Record<string, number>> = { "": 1, k: 1e3, M: 1e6 };
		fc.assert(
			fc.property(fc.double({ min: -1e12, max: 1e12, noNaN: true }), (value) => {
				const [digits = "", letter = ""] = formatNumber(value).split(" ");
				expect(formatNumber(value).length).toBeLessThanOrEqual(12);
				const read = Number(digits.replaceAll(",", "")) * (factors[letter] ?? Number.NaN);
				expect(Math.abs(read - value)).toBeLessThanOrEqual(Math.max(0.005001, Math.abs(value) * 0.0051));
			}),
		);
	});
});

describe("a quantity", () => {
	it.each([
		[804 * MB, "bytes", "804 MB"],
		[1024 * MB, "bytes", "1 GB"],
		[1000 * MB, "bytes", "1,000 MB"],
		[1023.4 * MB, "bytes", "1,023 MB"],
		[1023.6 * MB, "bytes", "1 GB"],
		[0, "bytes", "0 B"],
		[512, "bytes", "512 B"],
		[1536, "bytes", "1.5 KB"],
		[20_000 * 1024 ** 5, "bytes", "20,000 PB"],
		[1.5 * MB, "bytes_per_second", "1.5 MB/s"],
		[0.14, "percent", "0.14 %"],
		[34, "percent", "34 %"],
		[12_000, "percent", "12,000 %"],
		[0.24, "seconds", "240 ms"],
		[1.4, "seconds", "1.4 s"],
		[0.9994, "seconds", "999 ms"],
		[0.9996, "seconds", "1 s"],
		[12_000, "seconds", "12,000 s"],
		[282, "per_second", "282 /s"],
		[12_400, "per_second", "12.4 k /s"],
		[1.5, "cores", "1.5 cores"],
		[4210, "count", "4,210"],
		[3_100_000, "count", "3.1 M"],
		[Number.NaN, "bytes", "no data"],
		[Number.NEGATIVE_INFINITY, "percent", "no data"],
	] as const)("%p %s reads %p", (value, unit, text) => {
		expect(plain(formatQuantity(value, unit))).toBe(text);
	});

	it("is not broken between its number and its unit", () => {
		expect(formatQuantity(34, "percent")).toBe("34\u00a0%");
		expect(formatQuantity(282, "per_second")).toBe("282\u00a0/s");
		expect(formatQuantity(804 * MB, "bytes")).toBe("804\u00a0MB");
	});

	it("never reads 1,024 of a smaller step, or 1,000 ms, whatever the value", () => {
		fc.assert(
			fc.property(
				fc.double({ min: 1, max: 1e15, noNaN: true }),
				fc.double({ min: 0, max: 10, noNaN: true }),
				(bytes, seconds) => {
					expect(formatQuantity(bytes, "bytes")).not.toContain("1,024");
					expect(plain(formatQuantity(seconds, "seconds"))).not.toBe("1,000 ms");
				},
			),
		);
	});

	it("is a short text in every unit for any number", () => {
		fc.assert(
			fc.property(fc.double(), fc.constantFrom(...Unit.options), (value, unit) => {
				expect(formatQuantity(value, unit).length).toBeLessThanOrEqual(28);
				expect(formatQuantity(value, unit)).not.toContain("NaN");
			}),
		);
	});

	it("has a scale for every unit whose divisor brings the magnitude near 1 to 1,024", () => {
		expect(scaleFor("bytes", 804 * MB)).toEqual({ divisor: MB, symbol: "MB" });
		expect(scaleFor("bytes", Number.NaN)).toEqual({ divisor: 1, symbol: "B" });
		expect(scaleFor("seconds", 0.2)).toEqual({ divisor: 0.001, symbol: "ms" });
		expect(scaleFor("count", 12)).toEqual({ divisor: 1, symbol: "" });
	});
});

describe("a range", () => {
	it.each([
		[190 * MB, 260 * MB, "bytes", "190–260 MB"],
		[900 * 1024, 1.5 * MB, "bytes", "0.88–1.5 MB"],
		[0, 0.14, "percent", "0–0.14 %"],
		[0.02, 0.3, "seconds", "20–300 ms"],
		[0.3, 1.4, "seconds", "0.3–1.4 s"],
		[12_000, 15_000, "count", "12–15 k"],
		[9800, 12_000, "count", "9,800–12 k"],
		[5, 5, "count", "5"],
		[0.001, 0.002, "percent", "0 %"],
		[Number.NEGATIVE_INFINITY, 5, "percent", "at most 5 %"],
		[5, Number.POSITIVE_INFINITY, "percent", "at least 5 %"],
		[Number.NaN, Number.NaN, "percent", "no data"],
	] as const)("from %p to %p %s reads %p: an en dash and the unit once", (low, high, unit, text) => {
		expect(plain(formatRange(low, high, unit))).toBe(text);
	});
});

describe("a time span", () => {
	it.each([
		[0, "0 s"],
		[-5000, "0 s"],
		[400, "0 s"],
		[40 * SECOND, "40 s"],
		[59.6 * SECOND, "1 min"],
		[90 * SECOND, "1 min 30 s"],
		[2 * MINUTE, "2 min"],
		[9 * MINUTE + 59 * SECOND, "9 min 59 s"],
		[11 * MINUTE, "11 min"],
		[11 * MINUTE + 20 * SECOND, "11 min"],
		[59 * MINUTE + 40 * SECOND, "1 h"],
		[6 * HOUR + 48 * MINUTE, "6 h 48 min"],
		[23 * HOUR + 59 * MINUTE + 45 * SECOND, "1 d"],
		[2 * DAY + 4 * HOUR + 30 * MINUTE, "2 d 4 h"],
		[400 * DAY, "400 d"],
		[Number.NaN, "not known"],
	])("of %p ms reads %p: its two largest parts", (milliseconds, text) => {
		expect(formatDuration(milliseconds)).toBe(text);
	});

	it("is never longer in words when it is shorter in time", () => {
		const factors: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600, d: 86_400 };
		const read = (text: string) => {
			const parts = text.split(" ");
			let seconds = 0;
			for (let i = 0; i < parts.length; i += 2)
				seconds += Number(parts[i]) * (factors[parts[i + 1] ?? ""] ?? Number.NaN);
			return seconds;
		};
		fc.assert(
			fc.property(fc.nat({ max: 4_000_000_000 }), fc.nat({ max: 4_000_000_000 }), (a, b) => {
				const [less, more] = a < b ? [a, b] : [b, a];
				expect(read(formatDuration(less))).toBeLessThanOrEqual(read(formatDuration(more)));
			}),
		);
	});
});
