import { Chart } from "../../src/domain/chart.ts";
import type { Incident } from "../../src/domain/incident.ts";
import { digestChart } from "../../src/use-cases/digest-chart.ts";
import { exampleIncident } from "../fakes/example-watch.ts";

const HOUR = 3_600_000;
const span = { startMs: 100 * HOUR, endMs: 124 * HOUR };
const lasting = (from: number, to: number | undefined, parts: Partial<Incident> = {}) =>
	exampleIncident({
		openedAtMs: from * HOUR,
		...(to === undefined ? {} : { status: "resolved", resolvedAtMs: to * HOUR }),
		...parts,
	});
const counts = (chart: Chart | undefined) =>
	chart?.lines[0]?.points.filter(({ t }) => t % HOUR === 0).map(({ t, v }) => [t / HOUR, v]);

describe("the chart of a digest", () => {
	it("is missing where no incident was open in the period", () => {
		expect(digestChart([], span)).toBeUndefined();
		expect(digestChart([lasting(90, 100), lasting(124, undefined)], span)).toBeUndefined();
	});

	it("counts how many were open, from the period's start to its end", () => {
		const chart = digestChart([lasting(90, 102), lasting(101, 110), lasting(120, undefined)], span);
		expect(Chart.parse(chart)).toEqual(chart);
		expect(counts(chart)).toEqual([
			[100, 1],
			[101, 2],
			[102, 1],
			[110, 0],
			[120, 1],
			[124, 1],
		]);
		expect(chart?.alt).toContain("2 began in it, and at most 2 were open at once.");
	});

	it("shows each with its severity, and names the six worst", () => {
		const many = Array.from({ length: 70 }, (_, i) =>
			lasting(101 + i / 10, 102 + i / 10, { target: `t${i}`, severity: i === 3 ? "critical" : "low" }),
		);
		const outside = digestChart(many, span)?.outside ?? [];
		expect(outside).toHaveLength(50);
		expect(outside[0]).toMatchObject({ severity: "critical", label: expect.stringMatching(/^t3, /) });
		expect(outside.filter(({ label }) => label !== "")).toHaveLength(6);
	});

	it("leaves out the time before the installation began", () => {
		const chart = digestChart([lasting(115, 116)], span, 110 * HOUR);
		expect(chart?.gaps).toEqual([{ startMs: span.startMs, endMs: 110 * HOUR }]);
		expect(counts(chart)?.[0]).toEqual([110, 0]);
	});
});
