import { targetBanks } from "../../models/target/target-banks.ts";
import { prometheusMetrics } from "../../src/adapters/prometheus/prometheus-metrics.ts";
import type { Anomaly } from "../../src/domain/anomaly.ts";
import { readIncident } from "../../src/use-cases/read-incident.ts";
import type { ScoreWatchDeps } from "../../src/use-cases/score-watch.ts";
import { createUsualDays } from "../../src/use-cases/usual-days.ts";
import { gaussian } from "../fakes/noise.ts";
import { type ServedMetrics, serveMetrics } from "../fakes/serve-metrics.ts";
import { type ScoringWorld, START, scoringWorld } from "./scoring-world.ts";

const STEP = 15_000;
const METRICS = ["memory", "restarts", "latency", "requests"] as const;
const SERVICES = ["checkout", "orders"] as const;
const POINTS = 1200;

let world: ScoringWorld;
const served: ServedMetrics[] = [];

beforeAll(async () => {
	world = await scoringWorld();
});
afterAll(async () => {
	for (const one of served) await one.close();
	await world.test.close();
});

type Metric = (typeof METRICS)[number];
const at = (point: number) => START + point * STEP;

/** Usual values of the metrics, and those of checkout from point `from` to `to`, when three of them go wild. */
function values(service: string, metric: Metric, from: number, to: number) {
	const noise = gaussian(SERVICES.indexOf(service as "orders") * 10 + METRICS.indexOf(metric) + 1);
	const usual = { memory: 240, restarts: 2, latency: 80, requests: 500 }[metric];
	const drawn = Array.from({ length: POINTS }, () => usual * (1 + 0.02 * noise()));
	const wild = { memory: 900, restarts: 60, latency: 900, requests: 0 }[metric];
	return (t: number): number | undefined => {
		const point = Math.round((t - START) / STEP);
		const value = drawn[point];
		if (value === undefined || wild === 0 || service !== "checkout" || point < from || point >= to)
			return value;
		return point % 2 === 0 ? wild : wild / 2;
	};
}

/** A watch on all metrics of two services, over the HTTP interface of Prometheus. */
async function targetWatch(
	wild: { readonly from: number; readonly to: number },
	there: (service: string, metric: Metric, t: number) => boolean = () => true,
) {
	const scene = world.scoring({
		target: { label: "service" },
		query: '{job="services"}',
		metric: "joint score",
		kind: "other",
		intervalSeconds: STEP / 1000,
		detector: "target",
		minimumChange: 0,
	});
	scene.metrics.show(
		...SERVICES.flatMap((service) =>
			METRICS.map((metric) => {
				const value = values(service, metric, wild.from, wild.to);
				return {
					labels: { __name__: metric, service },
					at: (t: number) => (there(service, metric, t) ? value(t) : undefined),
				};
			}),
		),
	);
	const server = await serveMetrics(scene.metrics);
	served.push(server);
	const found: Anomaly[] = [];
	const deps: Partial<ScoreWatchDeps> = {
		metrics: prometheusMetrics({ url: server.url }),
		detector: targetBanks,
		open: async (finding) => {
			const anomaly = await scene.deps.open(finding);
			found.push(anomaly);
			return anomaly;
		},
	};
	const make = (alter: Partial<ScoreWatchDeps> = {}) => scene.make({ ...deps, ...alter });
	return { ...scene, make, found };
}

type Scorer = ReturnType<Awaited<ReturnType<typeof targetWatch>>["make"]>;

async function live(scorer: Scorer, from: number, to: number): Promise<void> {
	for (let point = from; point < to; point += 1) await scorer.score(at(point));
}

describe("a watch of whole targets", () => {
	it("learns from history, and tells one finding of the target whose metrics change together, with their names", async () => {
		const { watch, metrics, board, logger, told, found, make } = await targetWatch({ from: 610, to: 640 });
		const scorer = make();
		await scorer.restore(1);
		while (await scorer.learnHistory(at(600))) expect(told).toEqual([]);
		await live(scorer, 600, 640);
		expect(found).toHaveLength(1);
		expect(board.reading(watch.name)?.status).toMatchObject({ state: "ready", seriesCount: 8 });
		expect(scorer.targets()).toEqual(["checkout", "orders"]);
		const [anomaly] = found;
		expect(anomaly).toMatchObject({
			target: "checkout",
			labels: { service: "checkout" },
			band: { low: 0, high: 1 },
		});
		expect(anomaly?.value).toBeGreaterThan(1);
		const sources = { store: world.test.store, metrics, board, logger, usualDays: createUsualDays() };
		const { message } = await readIncident({ ...sources, watches: [watch] }, anomaly?.incidentId ?? "");
		expect(message.title).toMatch(/^checkout: .*(memory|restarts|latency).* changed together$/);
		expect(message.title).not.toContain("requests");
		expect(message.text).toMatch(
			/ \d[\d,.]*, expected [\d.]+–[\d.]+.*The score is [\d.]+, abnormal from 1 on\./,
		);
		expect(message.facts.map(({ label }) => label)).toEqual(["Score now", "Abnormal for", "Highest"]);
		expect(JSON.stringify({ ...message, chart: undefined })).not.toMatch(/band|expected 0/i);
		expect(message.chart).toMatchObject({ title: "Joint score of checkout", unit: "count" });
		expect(message.chart).not.toHaveProperty("forecast");
	});

	it("goes on from its saved state in another process, with the same finding, and ends it", async () => {
		const { told, found, make } = await targetWatch({ from: 210, to: 225 });
		const first = make();
		await first.restore(1);
		while (await first.learnHistory(at(200)));
		await live(first, 200, 226);
		expect(found).toHaveLength(1);
		await first.save(1, true);
		const second = make();
		await second.restore(2);
		await expect(first.save(1, true)).rejects.toMatchObject({ code: "conflict" });
		while (await second.learnHistory(at(226)));
		for (let point = 226; point < 460 && told.at(-1) !== "closed checkout"; point += 1)
			await second.score(at(point));
		expect(found).toHaveLength(1);
		expect(told.at(-1)).toBe("closed checkout");
		expect(told.filter((line) => line.startsWith("closed"))).toHaveLength(1);
	});

	it("bears metrics that vanish and come, and forgets a target that is gone", async () => {
		const { watch, board, told, make } = await targetWatch(
			{ from: POINTS, to: POINTS },
			(service, metric, t) => {
				if (service === "orders") return t < at(210);
				if (metric === "latency") return t < at(205);
				return metric !== "requests" || t >= at(215);
			},
		);
		const scorer = make();
		await scorer.restore(1);
		while (await scorer.learnHistory(at(200)));
		await live(scorer, 200, 203);
		expect(board.reading(watch.name)?.status.seriesCount).toBe(7);
		await live(scorer, 203, 300);
		expect(board.reading(watch.name)?.status).toMatchObject({ state: "ready", seriesCount: 3 });
		expect(scorer.targets()).toEqual(["checkout"]);
		expect(told).toEqual([]);
		await scorer.save(1, true);
		const other = make();
		await other.restore(2);
		await other.score(at(300));
		expect(board.reading(watch.name)?.status).toMatchObject({ state: "ready", seriesCount: 3 });
	});

	it("says how many series it can't hold, and scores the others", async () => {
		const { watch, board, make } = await targetWatch({ from: POINTS, to: POINTS });
		const scorer = make({ maximumSeries: 5 });
		await scorer.score(at(0));
		const status = board.reading(watch.name)?.status;
		expect(status?.seriesCount).toBe(5);
		expect(status?.problem).toMatch(/^3 of 8 series are not scored: 3 are beyond the 5 that a watch holds/);
	});
});
