import type { Chart } from "../../../web/src/api/types.generated.ts";
import { chartMinutes } from "../../../web/src/lib/chart-minutes.ts";
import { chartRows } from "../../../web/src/lib/chart-rows.ts";
import { fingerprint } from "../../../web/src/lib/fingerprint.ts";
import { bandPath, linePath, outsidePath, sparkScale } from "../../../web/src/lib/spark-paths.ts";
import { leakChart, MB } from "../support/series.ts";

const SIZE = { width: 100, height: 40, marginPx: 0 };

function chart(values: readonly (number | null)[]): Chart {
	return {
		title: "Memory",
		unit: "bytes",
		startMs: 0,
		endMs: values.length * 1000,
		lines: [{ name: "checkout", role: "value", points: values.map((v, index) => ({ t: index * 1000, v })) }],
		band: { points: [{ t: 0, low: 1 * MB, high: 2 * MB }], label: "expected" },
		alt: "",
	};
}

test("a chart's table has the newest values first, in one unit, with what was expected", () => {
	const { columns, rows, leftOut } = chartRows(chart([1 * MB, null, 3 * MB]), 10);
	expect(columns).toEqual(["checkout, MB", "expected, MB"]);
	expect(rows.map(({ cells }) => cells)).toEqual([
		["3", "1–2"],
		["no data", "1–2"],
		["1", "1–2"],
	]);
	expect(leftOut).toBe(0);
});

test("a long table is thinned evenly, keeps the newest value and says how many are missing", () => {
	const values = Array.from({ length: 100 }, (_, index) => index * MB);
	const { rows, leftOut } = chartRows(chart(values), 40);
	expect(rows.length).toBeLessThanOrEqual(40);
	expect(rows[0]?.t).toBe(99_000);
	expect(rows.length + leftOut).toBe(100);
});

test("a chart without lines has an empty table", () => {
	expect(chartRows({ ...chart([]), lines: [] }, 10).rows).toEqual([]);
});

test("the span of a picture stays within what its address takes", () => {
	expect(chartMinutes(leakChart(0, 56))).toBe(70);
	expect(chartMinutes({ ...leakChart(0), startMs: 0, endMs: 1000 })).toBe(5);
	expect(chartMinutes({ ...leakChart(0), startMs: 0, endMs: 1e12 })).toBe(10_080);
});

test("a fingerprint changes when, and only when, the chart does", () => {
	expect(fingerprint(leakChart(1000))).toBe(fingerprint(leakChart(1000)));
	expect(fingerprint(leakChart(1000))).not.toBe(fingerprint(leakChart(2000)));
});

test("a spark line stops where there is no data", () => {
	const spark = [1, 2, null, 3, 4].map((v, t) => ({ t, v }));
	const path = linePath(spark, sparkScale(spark, SIZE));
	expect(path.match(/M/g)).toHaveLength(2);
	expect(path).not.toMatch(/NaN/);
});

test("only what is outside its band is drawn heavy, joined to the point before it", () => {
	const spark = [1, 1, 9, 1].map((v, t) => ({ t, v, low: 0, high: 2 }));
	const scale = sparkScale(spark, SIZE);
	expect(outsidePath(spark, scale)).toBe(`M${scale.x(1)} ${scale.y(1)}L${scale.x(2)} ${scale.y(9)}`);
});

test("a flat line and an empty one can be drawn", () => {
	const flat = [5, 5].map((v, t) => ({ t, v }));
	expect(linePath(flat, sparkScale(flat, SIZE))).toBe("M0 20L100 20");
	expect(linePath([], sparkScale([], SIZE))).toBe("");
	expect(bandPath(flat, sparkScale(flat, SIZE))).toBe("");
});
