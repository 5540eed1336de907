import { explainIncident } from "../../skills/explain/explain-incident.ts";
import { replaceTimes } from "../../src/domain/time-text.ts";
import { createWatchBoard } from "../../src/use-cases/watch-board.ts";
import { exampleAnomaly, exampleIncident, exampleWatch } from "../fakes/example-watch.ts";
import { fakeMetrics } from "../fakes/fake-metrics.ts";

const SINCE = Date.UTC(2026, 10, 20, 2, 36);
const NOW = SINCE + 300_000;
const STEP = 15_000;
const watch = exampleWatch({
	name: "together",
	metric: "joint score",
	kind: "other",
	unit: "count",
	query: '{job="services"}',
	intervalSeconds: STEP / 1000,
	target: { label: "service" },
	detector: "target",
});
const anomaly = exampleAnomaly({
	watch: "together",
	labels: { service: "checkout" },
	query: watch.query,
	outsideSinceMs: SINCE,
	band: { low: 0, high: 1 },
	value: 1.8,
	peak: 1.8,
	explanation: "Memory and restarts changed together: memory 804, expected 190–260. The score is 1.37.",
});

function explained(memory: (t: number) => number, watches = [watch]) {
	const metrics = fakeMetrics();
	metrics.show(
		{ labels: { __name__: "memory", service: "checkout" }, at: memory },
		{ labels: { __name__: "threads", service: "checkout" }, at: (t) => 40 + ((t / STEP) % 3) },
		{ labels: { __name__: "memory", service: "orders" }, at: (t) => (t < SINCE ? 1 : 9000) },
	);
	return explainIncident({
		incident: exampleIncident(),
		anomalies: [anomaly],
		watches,
		metrics,
		board: createWatchBoard(watches),
		nowMs: NOW,
	});
}

describe("the explanation of a finding on a whole target", () => {
	it("keeps what the detector named, and says from where to where its metrics went", async () => {
		const { text, movedFirst, queries } = await explained((t) => (t < SINCE ? 200 + ((t / STEP) % 5) : 804));
		const words = replaceTimes(text, (ms) => new Date(ms).toISOString().slice(11, 16));
		expect(words).toMatch(
			/^Memory and restarts changed together, abnormal since 02:36\. At 02:41: memory up to 804, 200–204 before\./,
		);
		expect(words).toContain("The cause is not known.");
		expect(words).not.toMatch(/threads|band|9,000/);
		expect(movedFirst).toMatchObject({ metric: "memory", unit: "count", value: 804 });
		expect(queries[0]).toMatchObject({ query: watch.query });
	});

	it("says what the detector saw where no metric is outside of its range any more", async () => {
		const { text } = await explained(() => 200);
		expect(text).toContain(anomaly.explanation);
	});
});
