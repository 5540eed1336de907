import { AppError } from "../../src/domain/errors.ts";
import { readTargetVerification } from "../../src/use-cases/target-verification.ts";
import { exampleAnomaly, exampleWatch } from "../fakes/example-watch.ts";
import { fakeMetrics } from "../fakes/fake-metrics.ts";

const SINCE = 1_700_000_000_000;
const NOW = SINCE + 300_000;
const watch = exampleWatch({
	name: "together",
	unit: "count",
	query: '{job="services"}',
	intervalSeconds: 15,
	target: { label: "service" },
	detector: "target",
});
const anomaly = exampleAnomaly({ watch: "together", labels: { service: "checkout" }, outsideSinceMs: SINCE });
const late = (t: number) => t >= SINCE - 30_000;
const wave = (t: number) => 10 * Math.sin(t / 15_000);

describe("the check of a change to a whole target", () => {
	it("is that the metric which moved furthest comes back to where it was", async () => {
		const metrics = fakeMetrics();
		metrics.show(
			{ labels: { metric: "memory", service: "checkout" }, at: (t) => (late(t) ? 800 : 200 + wave(t)) },
			{ labels: { metric: "threads", service: "checkout" }, at: (t) => (late(t) ? 80 : 40 + wave(t)) },
			{ labels: { metric: "errors_total", service: "checkout" }, at: (t) => (t - SINCE + 4e6) / 100 },
			{ labels: { metric: "memory", service: "orders" }, at: (t) => (late(t) ? 9000 : 1) },
		);
		const spec = await readTargetVerification(metrics, watch, anomaly, NOW);
		expect(spec).toMatchObject({
			watch: "together",
			metric: "memory",
			query: watch.query,
			labels: { metric: "memory", service: "checkout" },
			unit: "count",
			withinSeconds: 60,
		});
		expect(spec?.band.low).toBe(Number.MIN_SAFE_INTEGER);
		expect(spec?.band.high).toBeGreaterThanOrEqual(210);
		expect(spec?.band.high).toBeLessThan(400);
	});

	it("asks for one series alone where they differ by nothing but the metric's name", async () => {
		const metrics = fakeMetrics();
		metrics.show(
			{ labels: { __name__: "queue", service: "checkout" }, at: (t) => (late(t) ? 5 : 90 + wave(t)) },
			{ labels: { __name__: "memory", service: "checkout" }, at: (t) => 200 + wave(t) },
		);
		const spec = await readTargetVerification(metrics, watch, anomaly, NOW);
		expect(spec).toMatchObject({ metric: "queue", query: 'queue{service="checkout"}' });
		expect(spec?.band.high).toBe(Number.MAX_SAFE_INTEGER);
		expect(spec?.band.low).toBeGreaterThan(5);
	});

	it("is none where only what counts up has moved, and where the metrics do not answer", async () => {
		const metrics = fakeMetrics();
		metrics.show({
			labels: { __name__: "requests_total", service: "checkout" },
			at: (t) => (late(t) ? 1e6 : 0) + t / 1000,
		});
		expect(await readTargetVerification(metrics, watch, anomaly, NOW)).toBeUndefined();
		metrics.fail(new AppError("unavailable", "Prometheus does not answer."));
		expect(await readTargetVerification(metrics, watch, anomaly, NOW)).toBeUndefined();
		metrics.fail(new AppError("invalid", "The query can't be read."));
		await expect(readTargetVerification(metrics, watch, anomaly, NOW)).rejects.toMatchObject({
			code: "invalid",
		});
	});
});
