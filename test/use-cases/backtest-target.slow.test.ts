import { targetBanks } from "../../models/target/target-banks.ts";
import { backtestChart } from "../../src/use-cases/backtest-chart.ts";
import { BRISK } from "../../src/use-cases/backtest-plan.ts";
import { backtestWatch } from "../../src/use-cases/backtest-watch.ts";
import { computedMetrics } from "../fakes/computed-metrics.ts";
import { exampleWatch } from "../fakes/example-watch.ts";

const MINUTE = 60_000;
const END = Date.UTC(2026, 10, 20, 3);
const WILD = END - 600 * MINUTE;
const METRICS = ["memory", "restarts", "latency"];

/** A value between -0.5 and 0.5 that is the same in every run. */
function noise(t: number, seed: number): number {
	let x = Math.imul((t / 1000 + 7919 * seed) | 0, 0x9e3779b1);
	x = Math.imul(x ^ (x >>> 15), 0x85ebca6b);
	return ((x ^ (x >>> 13)) >>> 0) / 2 ** 32 - 0.5;
}

const metrics = computedMetrics(
	["checkout", "orders"].flatMap((service, i) =>
		METRICS.map((metric, k) => ({
			labels: { metric, service },
			at: (t: number) => {
				const wild = service === "checkout" && metric !== "latency" && t >= WILD && t < WILD + 40 * MINUTE;
				return (wild ? 300 + 200 * ((t / MINUTE) % 2) : 100) + 4 * noise(t, 10 * i + k);
			},
		})),
	),
);
const watch = exampleWatch({
	name: "together",
	metric: "joint score",
	kind: "other",
	unit: "count",
	intervalSeconds: 60,
	target: { label: "service" },
	minimumChange: 0,
	detector: "target",
});

function replay() {
	return backtestWatch(
		{
			metrics,
			clock: { now: () => 0 },
			detector: () => targetBanks,
			training: { settled: () => undefined, failed: 0 },
			pause: async () => undefined,
		},
		{ watch, days: 2, endMs: END, timeZone: "UTC", budget: BRISK },
	);
}

it("a replay of a watch of whole targets tells one finding of a target, names its metrics, and is the same each time", async () => {
	const result = await replay();
	expect(result).toMatchObject({
		detector: "target",
		seriesReplayed: 2,
		wasReady: true,
		points: 6 * (2 * 1440 + 1),
	});
	const { findings, count } = result.outcomes.normal;
	expect(count).toBe(1);
	expect(findings[0]).toMatchObject({
		series: '{service="checkout"}',
		target: "checkout",
		labels: { service: "checkout" },
		band: { low: 0, high: 1 },
	});
	expect(findings[0]?.fromMs).toBeGreaterThanOrEqual(WILD);
	expect(findings[0]?.fromMs).toBeLessThan(WILD + 20 * MINUTE);
	expect(findings[0]?.reason).toMatch(/^(Memory and restarts|Restarts and memory) changed together: /);
	expect(result.outcomes.low.count).toBeLessThanOrEqual(count);
	expect(result.outcomes.high.count).toBeGreaterThanOrEqual(count);
	const series = result.series[0];
	if (!series) throw new Error("there is no chart");
	const highest = Math.max(...series.points.map(({ v }) => v ?? 0));
	expect(highest).toBeGreaterThan(1);
	expect(new Set(series.bands.low.map(({ high }) => high))).toEqual(new Set([1.4]));
	expect(backtestChart(result, series, "normal").lines[0]?.name).toBe("checkout");
	expect(await replay()).toEqual(result);
});
