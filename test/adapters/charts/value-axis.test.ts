import * as fc from "fast-check";
import { prepareChart } from "../../../src/adapters/charts/prepare-chart.ts";
import { tickText, valueAxis } from "../../../src/adapters/charts/value-axis.ts";
import { type ValueRange, valueRange } from "../../../src/adapters/charts/value-range.ts";
import type { Chart } from "../../../src/domain/chart.ts";
import { Unit } from "../../../src/domain/quantity.ts";

const MB = 1024 ** 2;
const range = (low: number, high: number, more: Partial<ValueRange> = {}): ValueRange => ({
	low,
	high,
	cap: undefined,
	measured: Math.max(Math.abs(low), Math.abs(high)),
	whole: false,
	...more,
});
const texts = (unit: Unit, of: ValueRange) => valueAxis(unit, of, 5).ticks.map((tick) => tick.text);

const chart = (values: readonly number[], more: Partial<Chart> = {}): Chart => ({
	title: "",
	unit: "bytes",
	startMs: 0,
	endMs: 100_000,
	lines: [{ name: "a", role: "value", points: values.map((v, index) => ({ t: index * 1000, v })) }],
	alt: "",
	...more,
});
const rangeOf = (values: readonly number[], more: Partial<Chart> = {}) =>
	valueRange(prepareChart(chart(values, more)));
const band = (low: number, high: number): Chart["band"] => ({
	points: [
		{ t: 0, low, high },
		{ t: 90_000, low, high },
	],
	label: "",
});

describe("ticks of the value axis", () => {
	test("show bytes in steps of 1,024 with round numbers in the shown unit", () => {
		const axis = valueAxis("bytes", range(0, 1147 * MB, { measured: 804 * MB }), 5);
		expect(axis.ticks.map((tick) => tick.text)).toEqual(["0", "250", "500", "750", "1,000"]);
		expect(axis.symbol).toBe("MB");
		expect(axis.ticks[1]?.value).toBe(250 * MB);
	});

	test("move to the next unit when most of the axis is far above what was measured", () => {
		expect(valueAxis("bytes", range(0, 9 * 1024 * MB, { measured: 120 * MB }), 5).symbol).toBe("GB");
	});

	test("show latency in milliseconds below a second and in seconds above", () => {
		expect(texts("seconds", range(0, 0.62))).toEqual(["0", "200", "400", "600"]);
		expect(valueAxis("seconds", range(0, 0.62), 5).symbol).toBe("ms");
		expect(valueAxis("seconds", range(0, 6.2), 5).symbol).toBe("s");
	});

	test("never pass 100 % when nothing measured does", () => {
		expect(texts("percent", range(0, 100, { cap: 100 }))).toEqual(["0", "25", "50", "75", "100"]);
		expect(valueAxis("percent", range(0, 97, { cap: 100 }), 5).high).toBeLessThanOrEqual(100);
	});

	test("are whole numbers for counts", () => {
		expect(texts("count", range(0, 1.08, { whole: true }))).toEqual(["0", "1", "2"]);
		expect(texts("count", range(0, 3.2, { whole: true })).every((text) => /^\d+$/.test(text))).toBe(true);
	});

	test("show large numbers in k and M, all ticks alike", () => {
		expect(texts("count", range(0, 42_000, { whole: true }))).toEqual(["0", "10 k", "20 k", "30 k", "40 k"]);
		expect(tickText(1_500_000, 500_000, 2_000_000)).toBe("1.5 M");
		expect(tickText(9000, 3000, 9000)).toBe("9,000");
	});

	test("go below zero when the data does", () => {
		expect(texts("seconds", range(-4.2, 4.1))).toContain("0");
		expect(texts("seconds", range(-4.2, 4.1))[0]).toMatch(/^-/);
	});

	test("are 4 or 5, evenly spaced, inside the axis, and each reads differently, whatever the values", () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...Unit.options),
				fc.double({ noNaN: true, min: 0, max: 1e12 }),
				fc.double({ noNaN: true, min: 1e-6, max: 1e12 }),
				(unit, low, size) => {
					fc.pre(size > low * 1e-5);
					const axis = valueAxis(unit, range(low, low + size), 5);
					expect([4, 5]).toContain(axis.ticks.length);
					expect(new Set(axis.ticks.map((tick) => tick.text)).size).toBe(axis.ticks.length);
					const slack = (axis.high - axis.low) * 1e-6;
					expect(axis.low).toBeLessThanOrEqual(low + slack);
					expect(axis.high).toBeGreaterThanOrEqual(low + size - slack);
					for (const { value } of axis.ticks) expect(value).toBeLessThanOrEqual(axis.high + slack);
					const steps = axis.ticks
						.slice(1)
						.map((tick, index) => tick.value - (axis.ticks[index]?.value ?? 0));
					for (const step of steps) expect(Math.abs(step - (steps[0] ?? 0))).toBeLessThanOrEqual(slack);
				},
			),
			{ numRuns: 500 },
		);
	});
});

describe("what the value axis spans", () => {
	test("counts, rates, bytes and shares start at zero", () => {
		for (const unit of ["count", "per_second", "bytes", "bytes_per_second", "percent"] as const)
			expect(rangeOf([80, 90], { unit })?.low).toBe(0);
	});

	test("a latency far from zero starts at a value below it, one near zero at zero", () => {
		expect(rangeOf([0.8, 0.9], { unit: "seconds" })?.low).toBeGreaterThan(0.7);
		expect(rangeOf([0.1, 0.9], { unit: "seconds" })?.low).toBe(0);
	});

	test("bytes with a band far from zero start below the band, with a band near zero at zero", () => {
		expect(rangeOf([225 * MB], { band: band(150 * MB, 300 * MB) })?.low).toBeGreaterThan(100 * MB);
		expect(rangeOf([225 * MB, 800 * MB], { band: band(190 * MB, 260 * MB) })?.low).toBe(0);
	});

	test("a limit above is left out, unless the forecast reaches it inside the span", () => {
		const limit = { value: 1024 * MB, label: "limit" };
		const forecast = (v: number, t: number): Chart["forecast"] => ({
			points: [{ t, v, low: v, high: v }],
			label: "",
		});
		expect(rangeOf([200 * MB], { limit })?.high).toBeLessThan(300 * MB);
		expect(rangeOf([200 * MB], { limit, forecast: forecast(300 * MB, 90_000) })?.high).toBeLessThan(
			1024 * MB,
		);
		expect(rangeOf([200 * MB], { limit, forecast: forecast(1100 * MB, 90_000) })?.high).toBeGreaterThan(
			1024 * MB,
		);
		expect(rangeOf([200 * MB], { limit, forecast: forecast(1100 * MB, 200_000) })?.high).toBeLessThan(
			300 * MB,
		);
	});

	test("a forecast that explodes adds at most the size of the data", () => {
		const forecast: Chart["forecast"] = {
			points: [{ t: 90_000, v: 1e9 * MB, low: 0, high: 2e9 * MB }],
			label: "",
		};
		expect(rangeOf([0, 200 * MB], { forecast })?.high).toBeLessThanOrEqual(440 * MB);
	});

	test("values that are not numbers do not count", () => {
		expect(rangeOf([1, Number.NaN, Number.POSITIVE_INFINITY, 3])?.high).toBeLessThan(4);
		expect(rangeOf([Number.NaN])).toBeUndefined();
	});
});
