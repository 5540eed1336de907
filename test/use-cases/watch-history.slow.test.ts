import { stream } from "../../models/stream/stream.ts";
import { AppError } from "../../src/domain/errors.ts";
import { gaussian } from "../fakes/noise.ts";
import { feed, type ScoringWorld, START, scoringWorld } from "./scoring-world.ts";

let world: ScoringWorld;
const scoring: ScoringWorld["scoring"] = (parts) => world.scoring(parts);

beforeAll(async () => {
	world = await scoringWorld();
});
afterAll(() => world.test.close());

const STEP = 2000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const at = (point: number) => START + point * STEP;
type Scorer = ReturnType<ReturnType<ScoringWorld["scoring"]>["make"]>;

/** A curve over points: noise around 100, with other values at some points. */
function curve(others: Readonly<Record<number, number>> = {}, from = 0) {
	const noise = gaussian(8);
	const values = Array.from({ length: 4000 }, () => 100 + noise());
	return (t: number) => {
		const point = Math.round((t - START) / STEP);
		return point < from ? undefined : (others[point] ?? values[point]);
	};
}

async function learnAll(scorer: Scorer, nowMs: number): Promise<number> {
	let pieces = 1;
	while (await scorer.learnHistory(nowMs)) pieces += 1;
	return pieces;
}

async function live(scorer: Scorer, from: number, to: number): Promise<void> {
	for (let point = from; point < to; point += 1) await scorer.score(at(point));
}

describe("a watch without state", () => {
	it("learns from the history of its metrics, shows how far it is, and is ready at its first value", async () => {
		const { watch, metrics, board, told, make } = scoring();
		metrics.showValue(curve({ 1000: 500, 1001: 500, 1002: 500 }));
		const scorer = make();
		await scorer.restore(1);
		const notes: (string | undefined)[] = [];
		while (await scorer.learnHistory(at(3000))) notes.push(board.reading(watch.name)?.status.note);
		expect(notes.length).toBeGreaterThan(3);
		expect(notes).toContainEqual(expect.stringMatching(/^learning from history: [1-9]\d? %$/));
		await scorer.score(at(3000));
		expect(board.reading(watch.name)?.status).toMatchObject({ state: "ready", seriesCount: 1 });
		expect(board.reading(watch.name)?.status).not.toHaveProperty("note");
		expect(told).toEqual([]);
	});

	it("learns seven days of it: what comes at the same hour every day is usual, and what does not is told", async () => {
		const begin = START - 9 * DAY;
		const parts = { intervalSeconds: 60, minimumChange: 0, direction: "both" as const };
		const { watch, metrics, told, make } = scoring(parts);
		const noise = gaussian(5);
		const values = Array.from({ length: 10 * 1440 }, () => 500 + 3 * noise());
		const daily = (t: number) => 200 * Math.sin((2 * Math.PI * (t % DAY)) / DAY);
		const broken = START + 3 * HOUR;
		metrics.showValue((t) => {
			const value = values[Math.round((t - begin) / MINUTE)];
			return t < begin || value === undefined ? undefined : value + daily(t) - (t >= broken ? 120 : 0);
		});
		const scorer = make({ detector: stream });
		await scorer.restore(1);
		await learnAll(scorer, START);
		for (let t = START; t < broken; t += MINUTE) await scorer.score(t);
		expect(told).toEqual([]);
		for (let t = broken; t < broken + 5 * MINUTE; t += MINUTE) await scorer.score(t);
		expect(told[0]).toBe(`open ${watch.name}`);
	});

	it("is not ready while it learns from history, whose newest day counts where older times can't be read", async () => {
		const { watch, metrics, board, logger, make } = scoring({ intervalSeconds: 60 });
		metrics.showValue((t) => 100 + (t % 7));
		const spans: number[] = [];
		const range: typeof metrics.range = async (query, span) => {
			spans.push(span.startMs);
			if (span.startMs < START - 5 * DAY && spans.length > 3)
				throw new AppError("unavailable", "Prometheus did not answer in 10 s.");
			return metrics.range(query, span);
		};
		const scorer = make({ metrics: { ...metrics, range } });
		await scorer.restore(1);
		const states: unknown[] = [];
		while (await scorer.learnHistory(START)) states.push(board.reading(watch.name)?.status.state);
		expect(new Set(states)).toEqual(new Set(["learning"]));
		expect(spans.at(-1)).toBeGreaterThan(START - DAY);
		expect(spans.some((startMs) => startMs > START - 5 * DAY && startMs < START - DAY)).toBe(false);
		expect(logger.records).toMatchObject([{ message: expect.stringContaining("older history") }]);
		await scorer.score(START);
		expect(board.reading(watch.name)?.status.state).toBe("ready");
	});

	it("leaves older history for the newest day when it takes longer than two minutes", async () => {
		const { metrics, make } = scoring({ intervalSeconds: 60 });
		metrics.showValue((t) => 100 + (t % 7));
		const spans: number[] = [];
		const range: typeof metrics.range = async (query, span) => {
			spans.push(span.startMs);
			return metrics.range(query, span);
		};
		const scorer = make({ metrics: { ...metrics, range } });
		await scorer.restore(1);
		let nowMs = START;
		while (await scorer.learnHistory(nowMs)) nowMs += 50_000;
		expect(spans.length).toBeLessThan(9);
		expect(spans.filter((startMs) => startMs > START - 1.1 * DAY)).toHaveLength(3);
	});

	it("forgets series that were gone long before now, so that they take nobody's place", async () => {
		const { watch, metrics, board, make } = scoring({ intervalSeconds: 60, target: { label: "pod" } });
		metrics.show(
			...Array.from({ length: 60 }, (_, i) => ({
				labels: { pod: `p${i}` },
				at: (t: number) => (Math.floor((START - t) / (12 * HOUR)) === i ? 100 + (t % 7) : undefined),
			})),
		);
		const scorer = make({ maximumSeries: 5 });
		await scorer.restore(1);
		await learnAll(scorer, START);
		await scorer.score(START);
		expect(board.reading(watch.name)?.status).toMatchObject({ state: "ready" });
		expect(scorer.targets()).toContain("p0");
	});

	it("tells at its first value what began in the history and goes on", async () => {
		const { watch, metrics, told, make } = scoring();
		metrics.showValue(curve(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [990 + i, 500]))));
		const scorer = make();
		await scorer.restore(1);
		await learnAll(scorer, at(1000));
		expect(told).toEqual([]);
		await live(scorer, 1000, 1002);
		expect(told).toEqual([`open ${watch.name}`, "changed 500"]);
		const [anomaly] = await world.test.store.anomalies.openOf(watch.name);
		expect(anomaly?.outsideSinceMs).toBe(at(990));
	});

	it("whose history can't be read learns from what comes: that is no failure of the watch", async () => {
		const { watch, metrics, board, logger, make } = scoring();
		const scorer = make();
		await scorer.restore(1);
		metrics.fail(new AppError("limited", "The query asks for too many points."));
		expect(await scorer.learnHistory(START)).toBe(false);
		metrics.fail(undefined);
		await feed(scorer, metrics, [100, 101]);
		expect(board.reading(watch.name)?.status).toMatchObject({
			state: "learning",
			samples: 2,
			note: "its history could not be read; it learns from what comes",
		});
		expect(board.reading(watch.name)?.status).not.toHaveProperty("problem");
		expect(logger.records).toMatchObject([
			{ level: "warn", message: expect.stringContaining("history of a watch could not be read") },
		]);
	});

	it("without history goes live at once", async () => {
		const { metrics, make } = scoring();
		metrics.show();
		const scorer = make();
		await scorer.restore(1);
		expect(await scorer.learnHistory(START)).toBe(false);
		expect(metrics.asked).toHaveLength(1);
	});

	it("of thousands of series asks in pieces of bounded size", async () => {
		const { metrics, make } = scoring({ target: { label: "job" } });
		const sizes: number[] = [];
		metrics.show(
			...Array.from({ length: 2000 }, (_, i) => ({ labels: { job: `j${i}` }, at: (t: number) => t % 97 })),
		);
		const scorer = make({
			maximumSeries: 2000,
			metrics: {
				...metrics,
				range: async (query, span) => {
					const series = await metrics.range(query, span);
					sizes.push(series.reduce((sum, { samples }) => sum + samples.length, 0));
					return series;
				},
			},
		});
		await scorer.restore(1);
		expect(await scorer.learnHistory(at(5000))).toBe(true);
		expect(await scorer.learnHistory(at(5000))).toBe(true);
		expect(sizes).toEqual([20_000, 20_000]);
	});
});

describe("the next owner of a watch", () => {
	it("makes good what was missed since the state was saved: it judges as the first one would", async () => {
		const { watch, metrics, board, make } = scoring();
		metrics.showValue(curve());
		const first = make();
		await first.restore(1);
		await live(first, 0, 100);
		await first.save(1, true);
		await live(first, 100, 130);
		const second = make();
		await second.restore(2);
		expect(await learnAll(second, at(130))).toBe(1);
		await live(second, 130, 131);
		const taken = board.reading(watch.name)?.series[0]?.points.at(-1);
		await live(first, 130, 131);
		expect(board.reading(watch.name)?.series[0]?.points.at(-1)).toEqual(taken);
	});

	it("goes on with a finding that was opened after the state was saved, and opens no second one", async () => {
		const { watch, metrics, told, make } = scoring();
		metrics.showValue(curve(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [110 + i, 500]))));
		const first = make();
		await first.restore(1);
		await live(first, 0, 100);
		await first.save(1, true);
		await live(first, 100, 120);
		expect(told.filter((word) => word.startsWith("open"))).toHaveLength(1);
		const second = make();
		await second.restore(2);
		await learnAll(second, at(125));
		await live(second, 125, 160);
		expect(told.filter((word) => word.startsWith("open"))).toHaveLength(1);
		expect(told.at(-1)).toBe(`closed ${watch.name}`);
		expect(await world.test.store.anomalies.openOf(watch.name)).toEqual([]);
	});

	it("ends at its first value a finding whose values were back before it took over", async () => {
		const { watch, metrics, told, make } = scoring();
		metrics.showValue(curve({ 110: 500, 111: 500, 112: 500 }));
		const first = make();
		await first.restore(1);
		await live(first, 0, 100);
		await first.save(1, true);
		await live(first, 100, 113);
		const second = make();
		await second.restore(2);
		await learnAll(second, at(140));
		expect(await world.test.store.anomalies.openOf(watch.name)).toHaveLength(1);
		await live(second, 140, 141);
		expect(told.at(-1)).toBe(`closed ${watch.name}`);
	});

	it("tells nothing of what came and went while nobody looked", async () => {
		const { metrics, told, make } = scoring();
		metrics.showValue(curve({ 110: 500, 111: 500, 112: 500 }));
		const first = make();
		await first.restore(1);
		await live(first, 0, 100);
		await first.save(1, true);
		const second = make();
		await second.restore(2);
		await learnAll(second, at(140));
		await live(second, 140, 150);
		expect(told).toEqual([]);
	});

	it("takes over a finding that another opened in the same moment", async () => {
		const { watch, metrics, told, make } = scoring();
		metrics.showValue(curve({ 100: 500, 101: 500, 102: 500, 103: 500 }));
		const [first, second] = [make(), make()];
		for (const scorer of [first, second]) {
			await scorer.restore(1);
			await live(scorer, 0, 101);
		}
		await live(first, 101, 102);
		await live(second, 101, 103);
		expect(told).toEqual([`open ${watch.name}`, "changed 500"]);
		expect(await world.test.store.anomalies.openOf(watch.name)).toHaveLength(1);
	});
});
