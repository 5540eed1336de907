import { createWatchBoard } from "../../src/use-cases/watch-board.ts";
import { isInside, isStale, readyInSeconds } from "../../src/use-cases/watch-wellbeing.ts";
import { exampleWatch } from "../fakes/example-watch.ts";

const watch = exampleWatch();
const series = { labels: {}, target: "checkout" };
const status = (parts = {}) => ({
	name: watch.name,
	state: "ready" as const,
	progress: 1,
	samples: 30,
	samplesNeeded: 30,
	seriesCount: 1,
	lastScoredAtMs: 100_000,
	...parts,
});

describe("the board of watches", () => {
	it("shows every watch as learning before anything is known", () => {
		const board = createWatchBoard([watch]);
		expect(board.readings()).toEqual([
			{
				watch,
				status: status({
					state: "learning",
					progress: 0,
					samples: 0,
					samplesNeeded: 0,
					seriesCount: 0,
					lastScoredAtMs: undefined,
				}),
				series: [],
			},
		]);
		expect(board.reading("other")).toBeUndefined();
	});

	it("keeps the newest 240 points of a series", () => {
		const board = createWatchBoard([watch]);
		for (let t = 0; t < 1000; t += 1) board.addPoint(watch, "k", series, { t, v: t, score: 0 });
		const points = board.reading(watch.name)?.series[0]?.points ?? [];
		expect([points.length, points[0]?.t, points.at(-1)?.t]).toEqual([240, 760, 999]);
	});

	it("marks a series with the severity of its open finding, and takes it away", () => {
		const board = createWatchBoard([watch]);
		board.setSeverity(watch.name, "k", "high");
		board.addPoint(watch, "k", series, { t: 1, v: 1, score: 0 });
		board.setSeverity(watch.name, "k", "high");
		expect(board.reading(watch.name)?.series[0]).toMatchObject({ severity: "high" });
		board.setSeverity(watch.name, "k", undefined);
		expect(board.reading(watch.name)?.series[0]).not.toHaveProperty("severity");
		board.dropSeries(watch.name, "k");
		expect(board.reading(watch.name)?.series).toEqual([]);
	});
});

describe("a watch is known to be well", () => {
	const reading = (parts = {}, severity?: "high") => ({
		watch,
		status: status(parts),
		series: [{ ...series, points: [], ...(severity ? { severity } : {}) }],
	});

	it.each([
		["it is ready, fresh and nothing is found", reading(), 105_000, true],
		["not while a finding is open", reading({}, "high"), 105_000, false],
		["not while it learns", reading({ state: "learning" }), 105_000, false],
		["not when it failed", reading({ state: "failed" }), 105_000, false],
		["not when it was scored more than five intervals ago", reading(), 110_001, false],
		["still at five intervals", reading(), 110_000, true],
	])("%s", (_when, item, nowMs, well) => {
		expect(isInside(item, nowMs)).toBe(well);
	});

	it("is stale only once it was ready", () => {
		expect(isStale(reading(), 999_999)).toBe(true);
		expect(isStale(reading({ state: "learning" }), 999_999)).toBe(false);
		expect(isStale(reading({ lastScoredAtMs: undefined }), 999_999)).toBe(false);
	});

	it("says in how many seconds it can be scored", () => {
		expect(readyInSeconds(reading({ state: "learning", samples: 10 }))).toBe(40);
		expect(readyInSeconds(reading({ state: "learning", samples: 0, samplesNeeded: 0 }))).toBeUndefined();
		expect(readyInSeconds(reading())).toBeUndefined();
	});
});
