import type { WatchStore } from "../../src/ports/store.ts";
import { type ScoringWorld, START, scoringWorld } from "./scoring-world.ts";

let world: ScoringWorld;
const scoring: ScoringWorld["scoring"] = (parts) => world.scoring(parts);
let watches: WatchStore;

beforeAll(async () => {
	world = await scoringWorld();
	({ watches } = world.test.store);
});
afterAll(() => world.test.close());

const SERIES = 1200;
const jobs = (count: number, value: (job: number) => number = () => 100) =>
	Array.from({ length: count }, (_, i) => ({ labels: { job: `j${i}` }, at: () => value(i) }));

/** A watch of many series that has seen 40 values of each. */
async function manySeries(count = SERIES) {
	const parts = scoring({ target: { label: "job" } });
	parts.metrics.show(...jobs(count));
	const make = () => parts.make({ maximumSeries: 10_000 });
	const scorer = make();
	await scorer.restore(1);
	for (let i = 0; i < 32; i += 1) await scorer.score(START + i * 2000);
	return { ...parts, scorer, make };
}

describe("the state of a watch of many series", () => {
	it("is saved in rows of some series each, and read back whole", async () => {
		const { watch, board, scorer, make } = await manySeries();
		await scorer.save(1, true);
		expect(await watches.chunkNumbers(watch.name)).toEqual([0, 1, 2]);
		const second = make();
		await second.restore(2);
		expect(second.targets()).toHaveLength(SERIES);
		await second.score(START + 80_000);
		expect(board.reading(watch.name)?.status).toMatchObject({ state: "ready", seriesCount: SERIES });
	});

	it("is saved a part at a time, all of it within a round", async () => {
		const { watch, scorer, advance } = await manySeries();
		const saved: number[] = [];
		for (let second = 0; second < 20; second += 1) {
			advance(1000);
			await scorer.save(1);
			saved.push((await watches.chunkNumbers(watch.name)).length);
		}
		expect(saved[0]).toBe(0);
		expect(saved).toContain(1);
		expect(saved).toContain(2);
		expect(saved.at(-1)).toBe(3);
	});

	it("with a corrupt row costs the series of that row, and log and status say so until they are ready", async () => {
		const { watch, logger, scorer, make, board } = await manySeries();
		await scorer.save(1, true);
		await watches.saveChunk(watch.name, 1, new Uint8Array([1, 2, 3]), 1);
		const second = make();
		await second.restore(2);
		expect(second.targets()).toHaveLength(SERIES - 500);
		expect(logger.records).toMatchObject([
			{
				level: "warn",
				message: expect.stringContaining("starts to learn anew"),
				fields: { watch: watch.name, unreadChunks: 1, chunks: 3 },
			},
		]);
		await second.score(START + 80_000);
		expect(second.targets()).toHaveLength(SERIES);
		const note = () => board.reading(watch.name)?.status.note;
		expect(note()).toBe("a part of its saved state could not be read; those series learn anew");
		for (let i = 1; i < 8; i += 1) await second.score(START + 80_000 + i * 2000);
		expect(note()).toBe("a part of its saved state could not be read; those series learn anew");
		for (let i = 8; i < 45; i += 1) await second.score(START + 80_000 + i * 2000);
		expect(note()).toBeUndefined();
	});

	it("drops the rows of series that are gone", async () => {
		const { watch, metrics, scorer, make } = await manySeries();
		await scorer.save(1, true);
		const second = make();
		await watches.saveChunk(watch.name, 7, new Uint8Array([1]), 1);
		await second.restore(2);
		metrics.show(...jobs(10));
		await second.score(START + 100_000);
		await second.save(2, true);
		expect(await watches.chunkNumbers(watch.name)).toEqual([0, 1, 2]);
	});

	it("can't be written by a former owner from the moment on that the next one claimed the watch", async () => {
		const { scorer, make } = await manySeries(10);
		const second = make();
		await second.restore(2);
		await expect(scorer.save(1, true)).rejects.toMatchObject({ code: "conflict" });
		await expect(scorer.restore(1)).rejects.toMatchObject({ code: "conflict" });
		await second.score(START + 80_000);
		await second.save(2, true);
	});
});

describe("a watch of many series", () => {
	it("keeps points of at most 200 of them, those that are outside among them", async () => {
		const { watch, metrics, board, told, scorer } = await manySeries();
		expect(board.reading(watch.name)?.series).toHaveLength(200);
		metrics.show(...jobs(SERIES, (job) => (job === 1111 ? 900 : 100)));
		for (let i = 32; i < 35; i += 1) await scorer.score(START + i * 2000);
		expect(told[0]).toBe("open j1111");
		const shown = board.reading(watch.name)?.series ?? [];
		expect(shown).toHaveLength(200);
		const outside = shown.find(({ target }) => target === "j1111");
		expect(outside).toMatchObject({ severity: "high" });
		expect(outside?.points.length).toBeGreaterThanOrEqual(8);
	});

	it("that are all outside at once are told 50 at a time, the worst first, and it says how many wait", async () => {
		const { metrics, told, scorer } = await manySeries(80);
		metrics.show(...jobs(80, (job) => 200 + job));
		await scorer.score(START + 80_000);
		const { problem } = await scorer.score(START + 82_000);
		expect(told).toHaveLength(50);
		expect([told[0], told[49]]).toEqual(["open j79", "open j30"]);
		expect(problem).toBe("30 more series are outside; the worst are told first.");
		expect((await scorer.score(START + 84_000)).problem).toBeUndefined();
		expect(told.filter((word) => word.startsWith("open"))).toHaveLength(80);
	});

	it("takes labels of ten thousand characters, and names those it can't keep", async () => {
		const { metrics, make } = scoring({ target: { label: "job" } });
		metrics.show(
			{ labels: { job: "a", text: "x".repeat(10_000) }, at: () => 1 },
			{ labels: { job: "b", text: "x".repeat(20_000) }, at: () => 1 },
		);
		const { targets, problem } = await make().score(START);
		expect(targets).toEqual(["a"]);
		expect(problem).toBe("1 of 2 series are not scored: 1 have labels that are too long to be kept.");
	});

	it("of whom a million come in one answer holds what it may, and says what is beyond", async () => {
		const { metrics, watch, board, make } = scoring({ target: { label: "job" } });
		const scorer = make({
			metrics: {
				...metrics,
				eachInstant: async (_query, _atMs, visit) => {
					for (let i = 0; i < 1_000_000; i += 1) visit(`{job="j${i}"}`, 1);
				},
			},
		});
		const { problem } = await scorer.score(START);
		expect(problem).toContain("999,000 of 1,000,000 series are not scored: 999,000 are beyond the 1,000");
		expect(board.reading(watch.name)?.status.seriesCount).toBe(1000);
	});

	it("says in its status that a query takes longer than its interval", async () => {
		const { metrics, watch, board, make, advance } = scoring();
		metrics.showValue(() => 1);
		metrics.delay(async () => advance(7000));
		const problem = "Its query took 7 s and is due every 2 s; make it cheaper or ask less often.";
		expect((await make().score(START)).problem).toBe(problem);
		expect(board.reading(watch.name)?.status).toMatchObject({ problem });
	});
});
