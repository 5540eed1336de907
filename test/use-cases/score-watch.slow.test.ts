import type { Anomaly } from "../../src/domain/anomaly.ts";
import { AppError } from "../../src/domain/errors.ts";
import { openIncident } from "../../src/use-cases/open-incident.ts";
import { gaussian } from "../fakes/noise.ts";
import { feed, type ScoringWorld, START, scoringWorld } from "./scoring-world.ts";

let world: ScoringWorld;
const scoring: ScoringWorld["scoring"] = (parts) => world.scoring(parts);

beforeAll(async () => {
	world = await scoringWorld();
});
afterAll(() => world.test.close());

const noise = gaussian(4);
const healthy = (count: number) => Array.from({ length: count }, () => 100 + noise());
const repeat = (value: number, count: number) => Array.from({ length: count }, () => value);

describe("a watch", () => {
	it("learns first: its progress shows, and nothing is told however odd the values are", async () => {
		const { watch, metrics, board, told, make } = scoring();
		const scorer = make();
		await feed(scorer, metrics, [...healthy(5), 1e9, 0, ...healthy(8)]);
		expect(board.reading(watch.name)?.status).toMatchObject({
			state: "learning",
			progress: 0.5,
			samples: 15,
			samplesNeeded: 30,
			seriesCount: 1,
			lastScoredAtMs: START + 28_000,
		});
		expect(board.reading(watch.name)?.series[0]?.points.at(-1)).not.toHaveProperty("low");
		expect(told).toEqual([]);
	});

	it("is ready after its samples and shows value and band", async () => {
		const { watch, metrics, board, make } = scoring();
		await feed(make(), metrics, healthy(31));
		const reading = board.reading(watch.name);
		expect(reading?.status).toMatchObject({ state: "ready", progress: 1 });
		expect(reading?.series).toEqual([{ labels: {}, target: watch.name, points: expect.any(Array) }]);
		const point = reading?.series[0]?.points.at(-1);
		expect(point?.low).toBeLessThan(100);
		expect(point?.high).toBeGreaterThan(100);
	});

	it("tells a finding at its second outside point, follows it, and ends it when the values are back", async () => {
		const { watch, metrics, board, told, make } = scoring();
		const scorer = make();
		const at = await feed(scorer, metrics, [...healthy(60), 200, 210, 220, ...repeat(100, 7)]);
		expect(told).toEqual([
			`open ${watch.name}`,
			"changed 220",
			...repeat(100, 5).map((value) => `changed ${value}`),
			`closed ${watch.name}`,
		]);
		const { items } = await world.test.store.anomalies.list({ status: "closed" }, { limit: 1 });
		expect(items[0]).toMatchObject({
			watch: watch.name,
			outsideSinceMs: START + 120_000,
			openedAtMs: START + 122_000,
			peak: 220,
			closedAtMs: START + (at - 2) * 2000,
		});
		expect(board.reading(watch.name)?.series[0]).not.toHaveProperty("severity");
	});

	it("marks its series with the severity, which only rises", async () => {
		const { watch, metrics, board, make } = scoring({ maximumSeverity: "critical" });
		const scorer = make();
		const severity = () => board.reading(watch.name)?.series[0]?.severity;
		let at = await feed(scorer, metrics, [...healthy(60), 107, 107]);
		expect(severity()).toBe("low");
		at = await feed(scorer, metrics, [1000], at);
		expect(severity()).toBe("critical");
		await feed(scorer, metrics, [108], at);
		expect(severity()).toBe("critical");
	});

	it("scores every series by itself, for the target its label names", async () => {
		const { watch, metrics, board, told, make } = scoring({ target: { label: "job" } });
		const scorer = make();
		for (let i = 0; i < 64; i += 1) {
			metrics.show(
				{ labels: { job: "a" }, at: () => 100 },
				{ labels: { job: "b" }, at: () => (i < 62 ? 100 : 900) },
				{ labels: {}, at: () => 1 },
			);
			const { targets, problem } = await scorer.score(START + i * 2000);
			expect(targets).toEqual(["a", "b"]);
			expect(problem).toBe("1 of 3 series are not scored: 1 lack the label job.");
		}
		expect(told).toEqual(["open b"]);
		expect(scorer.targets()).toEqual(["a", "b"]);
		expect(board.reading(watch.name)?.series).toHaveLength(2);
	});

	it("holds at most 1,000 series, and says how many it leaves out", async () => {
		const { metrics, board, watch, make } = scoring({ target: { label: "job" } });
		metrics.show(...Array.from({ length: 1203 }, (_, i) => ({ labels: { job: `j${i}` }, at: () => 1 })));
		const { problem } = await make().score(START);
		expect(problem).toBe(
			"203 of 1,203 series are not scored: 203 are beyond the 1,000 that a watch holds; aggregate in the query or raise detection.maximum_series_per_watch.",
		);
		expect(board.reading(watch.name)?.status.seriesCount).toBe(1000);
	});

	it("closes the finding of a series that vanished for ten minutes, and forgets the series", async () => {
		const { metrics, told, watch, board, make } = scoring();
		const scorer = make();
		const at = await feed(scorer, metrics, [...healthy(60), 500, 500, 500]);
		metrics.show();
		await scorer.score(START + at * 2000 + 590_000);
		expect(scorer.targets()).toEqual([watch.name]);
		await scorer.score(START + at * 2000 + 610_000);
		expect(told.at(-1)).toBe(`closed ${watch.name}`);
		expect(scorer.targets()).toEqual([]);
		expect(board.reading(watch.name)?.series).toEqual([]);
	});

	it("does not keep a finding open for values that are no numbers", async () => {
		const { metrics, told, watch, make } = scoring();
		const scorer = make();
		const at = await feed(scorer, metrics, [...healthy(60), 500, 500, 500]);
		metrics.showValue(() => Number.NaN);
		for (let minute = 0; minute < 12; minute += 1) await scorer.score(START + at * 2000 + minute * 60_000);
		expect(told.at(-1)).toBe(`closed ${watch.name}`);
	});
});

describe("a watch whose source fails", () => {
	it("says so, keeps what it knows, and does not pass for scored", async () => {
		const { watch, metrics, board, make } = scoring();
		const scorer = make();
		const at = await feed(scorer, metrics, healthy(40));
		metrics.fail(new AppError("unavailable", "Prometheus did not answer in 2 s."));
		const seen = await scorer.score(START + at * 2000 + 60_000);
		expect(seen).toEqual({
			failed: true,
			silent: true,
			problem: "Prometheus did not answer in 2 s.",
			targets: [],
		});
		expect(board.reading(watch.name)?.status).toMatchObject({
			state: "failed",
			problem: "Prometheus did not answer in 2 s.",
			lastScoredAtMs: START + (at - 1) * 2000,
		});
		metrics.fail(undefined);
		await feed(scorer, metrics, [100], at + 40);
		expect(board.reading(watch.name)?.status).not.toHaveProperty("problem");
	});

	it("because of its query is not taken for a silent source", async () => {
		const { watch, metrics, board, make } = scoring();
		metrics.fail(new AppError("invalid", "The query is not PromQL."));
		expect(await make().score(START)).toMatchObject({ failed: true, silent: false });
		expect(board.reading(watch.name)?.status).toMatchObject({
			state: "failed",
			problem: "The query is not PromQL.",
		});
	});

	it("with an unknown error says nothing of its text to people", async () => {
		const { metrics, make } = scoring();
		metrics.fail(new Error("connect to secret-host refused"));
		expect((await make().score(START)).problem).toBe(
			"Something went wrong on our side; the log has the detail.",
		);
	});

	it("gives no series: waits half a minute for the first, then is a failed watch", async () => {
		const { watch, metrics, board, make } = scoring();
		const scorer = make();
		const state = () => board.reading(watch.name)?.status.state;
		metrics.show();
		await scorer.score(START);
		expect(state()).toBe("learning");
		await scorer.score(START + 29_000);
		expect(state()).toBe("learning");
		await scorer.score(START + 30_000);
		expect(state()).toBe("failed");
		await feed(scorer, metrics, [1], 20);
		expect(state()).toBe("learning");
	});
});

describe("a scoring that can't be stored", () => {
	it("is made good at the next point: the finding is told then, once", async () => {
		const { watch, metrics, told, make } = scoring();
		let broken = true;
		const scorer = make({
			open: async (finding): Promise<Anomaly> => {
				if (broken) throw new AppError("unavailable", "The store can't be reached.");
				const anomaly = await openIncident(world.deps, finding);
				told.push(`open ${anomaly.target}`);
				return anomaly;
			},
		});
		let at = await feed(scorer, metrics, [...healthy(60), 500]);
		await expect(feed(scorer, metrics, [500], at)).rejects.toThrow("The store can't be reached.");
		broken = false;
		at = await feed(scorer, metrics, [500, 500], at + 1);
		expect(told).toEqual([`open ${watch.name}`, "changed 500"]);
	});

	it("of an end keeps the finding ours until it is stored", async () => {
		const { watch, metrics, told, make } = scoring();
		let broken = true;
		const scorer = make({
			closed: async (anomaly) => {
				if (broken) throw new AppError("unavailable", "The store can't be reached.");
				told.push(`closed ${anomaly.target}`);
			},
		});
		const at = await feed(scorer, metrics, [...healthy(60), 500, 500, ...repeat(100, 5)]);
		await expect(feed(scorer, metrics, [100], at)).rejects.toThrow("The store can't be reached.");
		broken = false;
		await feed(scorer, metrics, [100], at + 1);
		expect(told.at(-1)).toBe(`closed ${watch.name}`);
	});
});

describe("another owner of a watch", () => {
	it("goes on from the saved state: ready at once, with the same band", async () => {
		const { watch, metrics, board, make } = scoring();
		const first = make();
		const at = await feed(first, metrics, healthy(100));
		await first.save(1, true);
		const second = make();
		await second.restore(2);
		await feed(second, metrics, [100], at);
		const points = board.reading(watch.name)?.series[0]?.points ?? [];
		expect(board.reading(watch.name)?.status.state).toBe("ready");
		await feed(first, metrics, [100], at);
		const again = board.reading(watch.name)?.series[0]?.points ?? [];
		expect(again.at(-1)).toEqual(points.at(-1));
	});

	it("closes the finding that the first one opened", async () => {
		const { watch, metrics, told, make } = scoring();
		const first = make();
		let at = await feed(first, metrics, healthy(60));
		await first.save(1, true);
		at = await feed(first, metrics, [500, 500, 500], at);
		const second = make();
		await second.restore(2);
		at = await feed(second, metrics, [500], at);
		await feed(second, metrics, repeat(100, 7), at);
		expect(told.filter((word) => word.startsWith("open"))).toEqual([`open ${watch.name}`]);
		expect(told.at(-1)).toBe(`closed ${watch.name}`);
		expect(await world.test.store.anomalies.openOf(watch.name)).toEqual([]);
	});

	it("without a saved state judges an open finding by the band it was opened with", async () => {
		const { watch, metrics, told, make } = scoring();
		const first = make();
		const at = await feed(first, metrics, [...healthy(60), 500, 500]);
		const second = make();
		await second.restore(2);
		await feed(second, metrics, [500, 500, ...repeat(100, 7)], at);
		expect(told.at(-1)).toBe(`closed ${watch.name}`);
	});

	it("that gave the watch back and takes it again forgets what it knew: no closed finding is opened anew", async () => {
		const { watch, metrics, told, make } = scoring();
		const first = make();
		const at = await feed(first, metrics, [...healthy(60), 500, 500]);
		await first.save(1, true);
		const second = make();
		await second.restore(2);
		const later = await feed(second, metrics, repeat(100, 7), at);
		metrics.show();
		await second.score(START + later * 2000 + 700_000);
		await second.save(2, true);
		const toldBefore = told.length;
		await first.restore(3);
		expect(first.targets()).toEqual([]);
		await feed(first, metrics, repeat(100, 3), later + 400);
		expect(told.slice(toldBefore)).toEqual([]);
		expect(await world.test.store.anomalies.openOf(watch.name)).toEqual([]);
	});

	it("whose saved state is corrupt starts to learn anew and says so", async () => {
		const { watch, metrics, board, logger, make } = scoring();
		await world.test.store.watches.saveChunk(watch.name, 0, new Uint8Array([1, 2, 3]), 1);
		const scorer = make();
		await scorer.restore(1);
		expect(logger.records).toMatchObject([
			{ level: "warn", message: expect.stringContaining("starts to learn anew") },
		]);
		await feed(scorer, metrics, healthy(2));
		expect(board.reading(watch.name)?.status.state).toBe("learning");
	});

	it("with an older token can't write over the newer one's state", async () => {
		const { metrics, make } = scoring();
		const scorer = make();
		await feed(scorer, metrics, healthy(3));
		await scorer.save(7, true);
		await expect(scorer.save(6, true)).rejects.toMatchObject({ code: "conflict" });
	});
});
