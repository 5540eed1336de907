import { Chart } from "../../src/domain/chart.ts";
import type { Execution } from "../../src/domain/execution.ts";
import type { MetricsSource } from "../../src/ports/metrics-source.ts";
import { drawUpIncidentChart, gapsOf, readIncidentChart } from "../../src/use-cases/incident-chart.ts";
import { createUsualDays } from "../../src/use-cases/usual-days.ts";
import { exampleAnomaly, exampleWatch } from "../fakes/example-watch.ts";
import { fakeMetrics } from "../fakes/fake-metrics.ts";

const MB = 1024 ** 2;
const START = 1_700_000_000_000;
const at = (seconds: number) => START + seconds * 1000;
const watch = exampleWatch();
const anomaly = exampleAnomaly({ openedAtMs: at(604), outsideSinceMs: at(600), lastSeenAtMs: at(700) });
/** 230 MB, and from 584 s on two more megabytes a second: outside from 600 s on. */
const leak = (t: number) => (230 + Math.max(0, (t - at(584)) / 1000) * 2) * MB;
const samples = (from: number, to: number, step = 2) =>
	Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => at(from + i * step)).map((t) => ({
		t,
		v: leak(t),
	}));
const base = {
	watch,
	anomaly,
	nowMs: at(700),
	samples: samples(0, 700),
	stepMs: 2000,
	startMs: at(0),
	endMs: at(700),
};
const done: Execution = {
	id: "X-1",
	approvalId: "A-1",
	status: "called",
	intendedAtMs: at(690),
	finishedAtMs: at(692),
	before: { value: leak(at(690)), samples: samples(660, 690) },
};
const plain = (text: string | undefined) => text?.replaceAll("\u00a0", " ");

describe("the chart of an incident", () => {
	it("shows value, band, the span outside, and what comes if nothing is done", () => {
		const chart = drawUpIncidentChart(base);
		expect(Chart.parse(chart)).toEqual(chart);
		expect(plain(chart.band?.label)).toBe("expected 190–260 MB");
		expect(chart.outside).toEqual([
			{ startMs: at(600), endMs: at(700), severity: "high", label: `left its band at {{time:${at(600)}}}` },
		]);
		expect(chart.forecast?.label).toBe("if nothing is done");
		expect(chart.forecast?.points.at(-1)?.v).toBeGreaterThan(leak(at(700)));
		expect(chart.endMs).toBeGreaterThan(at(700));
		expect(plain(chart.mark?.label)).toBe("now 462 MB");
	});

	it("does not say that a value left its band that is inside of it", () => {
		const steady = samples(0, 700).map(({ t }) => ({ t, v: 240 * MB }));
		const drifting = { ...anomaly, value: 240 * MB, peak: 242 * MB };
		const chart = drawUpIncidentChart({ ...base, anomaly: drifting, samples: steady });
		expect(chart.outside?.[0]?.label).toBe(`abnormal since {{time:${at(600)}}}`);
		expect(plain(chart.alt)).toContain(
			`Abnormal since {{time:${at(600)}}}, up to 242 MB where 190–260 MB was expected.`,
		);
		const left = drawUpIncidentChart(base);
		expect(plain(left.alt)).toContain(`Inside 190–260 MB until {{time:${at(600)}}}, then up to 804 MB`);
	});

	it("has no band where its detector expects no range", () => {
		const none = { ...anomaly, band: { low: 240 * MB, high: 240 * MB } };
		const chart = drawUpIncidentChart({ ...base, anomaly: none });
		expect(chart.band).toBeUndefined();
		expect(plain(chart.alt)).toContain(`Abnormal since {{time:${at(600)}}}, up to 804 MB.`);
	});

	it("keeps the forecast that was made before the action, and shows the action at the moment of the call", () => {
		const after = [...samples(0, 690), { t: at(696), v: 200 * MB }, { t: at(698), v: 201 * MB }];
		const chart = drawUpIncidentChart({ ...base, samples: after, execution: done, doneLabel: "restarted" });
		expect(chart.actions).toEqual([{ t: at(690), label: `restarted {{time:${at(690)}}}` }]);
		expect(chart.forecast?.label).toBe("if nothing had been done");
		expect(chart.forecast?.points[0]?.t).toBe(at(690));
		expect(plain(chart.mark?.label)).toBe("201 MB");
	});

	it("marks what was verified, and ends with the incident", () => {
		const chart = drawUpIncidentChart({
			...base,
			execution: done,
			verifiedAtMs: at(705),
			endedAtMs: at(700),
			anomaly: { ...anomaly, closedAtMs: at(700) },
		});
		expect(chart.checked).toMatchObject({ startMs: at(692), endMs: at(705) });
		expect(chart.endMs).toBe(at(700));
	});

	it("stops the line where a value is no number, and says where there is no data", () => {
		const broken = [...samples(0, 100), { t: at(102), v: Number.NaN }, ...samples(140, 700)];
		const chart = drawUpIncidentChart({ ...base, samples: broken });
		expect(chart.lines[0]?.points.filter((point) => point.v === null)).toHaveLength(1);
		expect(chart.gaps).toEqual([{ startMs: at(102), endMs: at(140) }]);
	});

	it("names the limit", () => {
		const limited = exampleWatch({ limit: { name: "limit", value: 1024 * MB } });
		const chart = drawUpIncidentChart({ ...base, watch: limited });
		expect(plain(chart.limit?.label)).toBe("limit 1 GB");
	});

	it("says in two sentences of text what it shows, upwards and downwards", () => {
		expect(plain(drawUpIncidentChart(base).alt)).toBe(
			`Memory of checkout, {{time:${at(0)}}} to {{time:${at(700)}}}. Inside 190–260 MB until {{time:${at(600)}}}, then up to 804 MB.`,
		);
		const fell = exampleAnomaly({ ...anomaly, peak: 20 * MB });
		expect(plain(drawUpIncidentChart({ ...base, anomaly: fell }).alt)).toContain("then down to 20 MB.");
		const none = drawUpIncidentChart({ ...base, samples: [] });
		expect(none.alt).toBe("Memory of checkout. No samples in this span.");
		expect(none.mark).toBeUndefined();
	});
});

describe("gaps", () => {
	it("are spans of more than three missing steps", () => {
		const times = (...seconds: number[]) => seconds.map((s) => ({ t: at(s), v: 1 }));
		expect(gapsOf(times(0, 2, 10), 2000)).toEqual([]);
		expect(gapsOf(times(0, 2, 11), 2000)).toEqual([{ startMs: at(2), endMs: at(11) }]);
		expect(gapsOf([], 2000)).toEqual([]);
	});
});

describe("reading the chart of an incident", () => {
	const reading = (metrics: MetricsSource) => ({ metrics, usualDays: createUsualDays() });

	it("asks for what led up to it in the watch's step, and takes the anomaly's series", async () => {
		const metrics = fakeMetrics();
		metrics.show({ labels: { job: "other" }, at: () => 1 }, { labels: {}, at: leak });
		const chart = await readIncidentChart(reading(metrics), { watch, anomaly, nowMs: at(700) });
		expect(new Set(metrics.asked)).toEqual(new Set([anomaly.query]));
		const points = chart.lines[0]?.points ?? [];
		expect(points.length).toBeGreaterThan(300);
		expect(points.at(-1)?.v).toBeCloseTo(leak(points.at(-1)?.t ?? 0), 0);
		expect(at(700) - (points[0]?.t ?? 0)).toBeGreaterThan(40 * 60_000);
	});

	it("lets the forecast go on over the usual day, while nothing was done", async () => {
		const metrics = fakeMetrics();
		const day = (t: number) => 60 * Math.sin((2 * Math.PI * (t - at(700))) / 86_400_000) * MB;
		metrics.showValue((t) => leak(t) + day(t));
		const chart = await readIncidentChart(reading(metrics), { watch, anomaly, nowMs: at(700) });
		const end = chart.forecast?.points.at(-1);
		const straight = leak(end?.t ?? 0);
		expect(Math.abs((end?.v ?? 0) - straight - day(end?.t ?? 0))).toBeLessThan(4 * MB);
		expect(metrics.asked).toHaveLength(2);
		const closed = { ...anomaly, closedAtMs: at(690) };
		await readIncidentChart(reading(metrics), { watch, anomaly: closed, nowMs: at(700) });
		expect(metrics.asked).toHaveLength(3);
	});

	it("is drawn without the usual day where the week can't be read", async () => {
		const metrics = fakeMetrics();
		metrics.showValue(leak);
		const range: typeof metrics.range = (query, span) =>
			span.endMs - span.startMs > 86_400_000
				? Promise.reject(new Error("too long"))
				: metrics.range(query, span);
		const chart = await readIncidentChart(reading({ ...metrics, range }), { watch, anomaly, nowMs: at(700) });
		expect(chart.forecast?.points.length).toBeGreaterThan(5);
	});

	it("coarsens the step of long incidents, so that the points stay bounded", async () => {
		const metrics = fakeMetrics();
		metrics.showValue(leak);
		const week = { ...anomaly, outsideSinceMs: at(700) - 7 * 86_400_000 };
		const chart = await readIncidentChart(reading(metrics), { watch, anomaly: week, nowMs: at(700) });
		expect(chart.lines[0]?.points.length).toBeLessThanOrEqual(961);
	});

	it("without samples gives a chart that says so", async () => {
		const chart = await readIncidentChart(reading(fakeMetrics()), { watch, anomaly, nowMs: at(700) });
		expect(chart.alt).toContain("No samples in this span");
	});
});
