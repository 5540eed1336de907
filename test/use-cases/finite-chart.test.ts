import type { Chart } from "../../src/domain/chart.ts";
import { finiteChart } from "../../src/use-cases/finite-chart.ts";

const { NaN: none, POSITIVE_INFINITY: endless } = Number;
const chart: Chart = {
	title: "Memory of checkout",
	unit: "bytes",
	startMs: 0,
	endMs: 10,
	lines: [{ name: "checkout", role: "value", points: [1, none, null, endless, 2].map((v, t) => ({ t, v })) }],
	band: {
		points: [
			{ t: 0, low: 0, high: 1 },
			{ t: 1, low: -endless, high: 1 },
		],
		label: "expected",
	},
	forecast: {
		points: [
			{ t: 0, v: none, low: 0, high: 1 },
			{ t: 1, v: 1, low: 0, high: 1 },
		],
		label: "then",
	},
	limit: { value: endless, label: "limit" },
	mark: { t: 1, v: none, label: "now" },
	alt: "A chart.",
};

describe("a chart on its way into JSON", () => {
	it("loses no point silently: what is no number becomes a gap, and marks without a place go", () => {
		const finite = finiteChart(chart);
		expect(finite.lines[0]?.points.map((point) => point.v)).toEqual([1, null, null, null, 2]);
		expect(finite.band?.points).toEqual([{ t: 0, low: 0, high: 1 }]);
		expect(finite.forecast?.points).toEqual([{ t: 1, v: 1, low: 0, high: 1 }]);
		expect(finite).not.toHaveProperty("limit");
		expect(finite).not.toHaveProperty("mark");
		expect(JSON.parse(JSON.stringify(finite))).toEqual(finite);
	});

	it("stays the same where all is finite", () => {
		const good = finiteChart(chart);
		expect(finiteChart(good)).toEqual(good);
	});
});
