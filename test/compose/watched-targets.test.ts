import { offlineInvestigator } from "../../src/compose/offline-investigator.ts";
import type { Sample } from "../../src/domain/time-series.ts";
import type { Watch } from "../../src/domain/watch.ts";
import type { WatchReading } from "../../src/ports/watch-board.ts";
import { fakeMetrics } from "../fakes/fake-metrics.ts";
import { memoryStores } from "../fakes/memory-stores.ts";
import { ASKER, NOW_MS, TIME_ZONE } from "../fakes/question-world.ts";
import { recordingLogger } from "../fakes/recording-logger.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const shared = {
	intervalSeconds: 15,
	environment: "local",
	direction: "above",
	minimumChange: 0,
	forSeconds: 0,
	maximumSeverity: "high",
} as const;

const WATCHES: readonly Watch[] = [
	{
		...shared,
		name: "disk",
		metric: "disk use",
		kind: "disk",
		query: "disk_used",
		unit: "percent",
		target: { name: "shop" },
		limit: { name: "full", value: 100 },
		floor: 0,
		ceiling: 100,
	},
	{
		...shared,
		name: "orders",
		metric: "orders",
		kind: "other",
		query: 'orders{zone="a"}',
		unit: "count",
		target: { label: "job" },
	},
	{
		...shared,
		name: "orders-again",
		metric: "orders",
		kind: "other",
		query: 'orders{zone="a"}',
		unit: "count",
		target: { label: "job" },
		detector: "robust-band",
	},
];

/** A share of a disk that grows by a point a day, and orders that come and go with the day. */
const CURVES: Readonly<Record<string, (t: number) => number>> = {
	disk_used: (t) => 85 + (t - NOW_MS) / DAY + 2 * Math.sin((2 * Math.PI * (t - NOW_MS)) / DAY),
	orders: (t) => 500 + 200 * Math.sin((2 * Math.PI * (t - NOW_MS)) / DAY),
};

/** Prometheus with 30 days of what watches read, and nothing by the usual names. */
function installation(watches: readonly Watch[] = WATCHES) {
	const asked: string[] = [];
	const seriesFor = (query: string, samplesOf: (at: (t: number) => number) => readonly Sample[]) => {
		asked.push(query);
		const name = /^[a-z_]+/.exec(query)?.[0] ?? "";
		const at = CURVES[name];
		if (!at) return [];
		const jobs = name === "orders" ? ["j0", "j1"] : ["j9"];
		const only = /job="(\w+)"/.exec(query)?.[1];
		return jobs
			.filter((job) => only === undefined || job === only)
			.map((job) => ({ labels: { job }, samples: samplesOf(at) }));
	};
	const readings = watches.map(
		(watch): WatchReading => ({
			watch,
			status: { name: watch.name, state: "ready", progress: 1, samples: 1, samplesNeeded: 1, seriesCount: 1 },
			series: ("name" in watch.target ? [watch.target.name] : ["j0", "j1"]).map((target) => ({
				labels: {},
				target,
				points: [],
			})),
		}),
	);
	const { investigator } = offlineInvestigator({
		store: memoryStores({}),
		proposer: { propose: () => Promise.reject(new Error("nothing is requested here")) },
		catalog: { list: () => [] },
		scrapeIntervalSeconds: 15,
		logger: recordingLogger(),
		metrics: {
			...fakeMetrics(),
			kind: "prometheus",
			instant: async (query, atMs) =>
				seriesFor(query, (at) => [{ t: atMs, v: at(atMs) }]).map(({ labels, samples }) => ({
					labels,
					t: atMs,
					v: samples[0]?.v ?? Number.NaN,
				})),
			range: async (query, { startMs, endMs, stepMs }) =>
				seriesFor(query, (at) =>
					Array.from({ length: Math.floor((endMs - startMs) / stepMs) + 1 }, (_, i) => startMs + i * stepMs)
						.filter((t) => t >= NOW_MS - 30 * DAY)
						.map((t) => ({ t, v: at(t) })),
				),
		},
		board: { readings: () => readings, reading: (name) => readings.find((one) => one.watch.name === name) },
		watches,
		clock: { now: () => NOW_MS },
		embedded: false,
		environment: "local",
		services: [],
		reader: { listServices: async () => [] },
		awsServices: [],
	});
	const ask = (text: string) =>
		investigator.answer({ text, asker: ASKER, conversation: "C", nowMs: NOW_MS, timeZone: TIME_ZONE });
	return { ask, asked };
}

describe("what only watches know", () => {
	it.each(["when will the disk be full?", "when will the disk of shop be full"])(
		"is answered by the watch's query: %s",
		async (text) => {
			const { ask } = installation();
			const answer = await ask(text);
			expect(answer.text).toMatch(/^About .*, in 1\d d .*: then disk use of shop is full/);
			expect(answer.queries.map((one) => one.query)).toContain("disk_used");
			expect(answer.chart?.limit?.value).toBe(100);
		},
	);

	it("has the value too, and says what else there is not", async () => {
		const { ask } = installation();
		expect((await ask("disk of shop")).text).toMatch(/^Disk use of shop is 85\u00a0%/);
		expect((await ask("cpu of shop")).text).toBe("Of shop only disk use is watched.");
		expect((await ask("restart shop")).text).toMatch(
			/^Nothing was requested: shop is known from watches alone/,
		);
	});

	it("a target that a label names is read by itself, and forecast once", async () => {
		const { ask, asked } = installation();
		const answer = await ask("forecast orders of j0 for 24 hours");
		expect(answer.text).toMatch(/^Orders of j0 is forecast at 500 at Sat 14:30, in 1 d \(80\u00a0% range /);
		expect(answer.text).toContain("until then between 30");
		expect(asked).toContain('orders{zone="a",job="j0"}');
		expect(answer.chart?.endMs).toBe(NOW_MS + DAY);
		expect((await ask("forecast orders for 24 hours")).text).toBe("Which one: j0, j1?");
	});

	it("a target with another number is not taken for the one that is known", async () => {
		const { ask } = installation();
		expect((await ask("forecast orders of j10 for 24 hours")).text).toMatch(/^There is no "j10" here\./);
		expect((await ask("disk of shop2")).text).toBe('There is no "shop2" here. Did you mean shop?');
	});

	it("a quantity that two watches read is told once", async () => {
		const { ask } = installation();
		expect((await ask("orders of j0")).text.match(/Orders of j0 is/g)).toHaveLength(1);
	});

	it("without a watch of it a disk is not known", async () => {
		const { ask } = installation(WATCHES.slice(1));
		expect((await ask("when will the disk be full?")).text).toMatch(/^Disk is not measured here\./);
	});
});
