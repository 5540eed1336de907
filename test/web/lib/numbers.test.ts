import { formatQuantity } from "../../../src/domain/quantity.ts";
import { formatPercent } from "../../../web/src/lib/format-percent.ts";
import { formatScaled, scaleFor } from "../../../web/src/lib/format-quantity.ts";
import { niceTicks } from "../../../web/src/lib/nice-ticks.ts";

const show = (value: number | null, unit: Parameters<typeof scaleFor>[0]) => {
	const scale = scaleFor(unit, value ?? 0);
	return `${formatScaled(value, scale)} ${scale.symbol}`.trim();
};

test.each([
	[804 * 1024 * 1024, "bytes", "804 MB"],
	[1024 * 1024 * 1.5, "bytes_per_second", "1.5 MB/s"],
	[0.24, "seconds", "240 ms"],
	[1.4, "seconds", "1.4 s"],
	[0.1416, "percent", "0.14 %"],
	[12.44, "per_second", "12.4 /s"],
	[4210, "count", "4,210"],
	[Number.NaN, "count", "no data"],
	[null, "count", "no data"],
] as const)("%p %s is shown as %s", (value, unit, expected) => {
	expect(show(value, unit)).toBe(expected);
});

test.each(["bytes", "bytes_per_second", "seconds", "percent"] as const)(
	"%s are written as in the words of cards and answers, also where they round up to the next step",
	(unit) => {
		const edges = [0.9994, 0.9996, 9.994, 9.996, 99.94, 99.96, 500, 1023.4, 1023.6];
		const steps = unit.startsWith("bytes") ? [1, 1024, 1024 ** 2, 1024 ** 3, 1024 ** 4] : [1];
		for (const value of steps.flatMap((step) => edges.map((edge) => edge * step)))
			expect(show(value, unit)).toBe(formatQuantity(value, unit).replaceAll("\u00a0", " "));
	},
);

test.each([
	[0, "0\u00a0%"],
	[0.999, "99\u00a0%"],
	[1, "100\u00a0%"],
	[7, "100\u00a0%"],
	[-1, "0\u00a0%"],
])("a share of %d is %s, and 100 %% means done", (share, expected) => {
	expect(formatPercent(share)).toBe(expected);
});

test.each([
	[216, 248],
	[0.0001, 0.00013],
	[-3, 17],
	[0, 1_000_000],
	[99.9, 100.1],
])("ticks from %d to %d are even, cover the range and are few", (low, high) => {
	const ticks = niceTicks(low, high, 4);
	const steps = ticks.slice(1).map((tick, index) => tick - (ticks[index] ?? 0));
	expect(ticks.length).toBeGreaterThanOrEqual(2);
	expect(ticks.length).toBeLessThanOrEqual(5);
	expect(ticks[0]).toBeLessThanOrEqual(low + 1e-9);
	expect(ticks.at(-1)).toBeGreaterThanOrEqual(high - 1e-9);
	for (const step of steps) expect(step).toBeCloseTo(steps[0] ?? 0, 9);
});
