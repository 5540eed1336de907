import { trainAtOnce } from "../../models/isolation-forest-18/isolation-forest-18.ts";
import { namedDetectors } from "../../models/registry.ts";
import { trainInStep } from "../../models/train-in-step.ts";
import { createApiSeries, MOST_API_SERIES } from "../../src/use-cases/api-series.ts";
import { severityOf } from "../../src/use-cases/describe-finding.ts";
import { gaussian } from "../fakes/noise.ts";

const START = Date.UTC(2026, 10, 20);
const MINUTE = 60_000;

const UNCAPPED = { maximumSeverity: "critical" } as const;
/** After all points of these tests. */
const NOW = START + 30 * 86_400_000;
const HOUR = 3_600_000;

function world() {
	const clock = { nowMs: NOW };
	let pauses = 0;
	const series = createApiSeries({
		clock: { now: () => ++clock.nowMs },
		detector: (name) => namedDetectors(() => trainAtOnce)(name ?? "robust-band"),
		training: { settled: () => undefined },
		pause: async () => {
			pauses += 1;
		},
	});
	return { series, clock, pauses: () => pauses };
}
const noise = gaussian(7);
const healthy = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ value: 100 + noise(), atMs: START + index * MINUTE }));

describe("series that other programs send", () => {
	it("learn, and then tell what is outside, where it was expected and why", async () => {
		const { series } = world();
		const first = await series.judge({ series: "orders", value: 100, atMs: START - MINUTE }, {});
		expect(first).toMatchObject({ ready: false, outside: false, seen: 1 });
		await series.judgeAll(
			healthy(60).map((point) => ({ series: "orders", ...point })),
			{},
		);
		const odd = await series.judge({ series: "orders", value: 300, atMs: START + 60 * MINUTE }, {});
		expect(odd).toMatchObject({ series: "orders", atMs: START + 60 * MINUTE, ready: true, outside: true });
		expect(odd.score).toBeGreaterThan(1);
		expect(odd.tailProbability).toBeLessThan(0.01);
		expect(odd.band?.high).toBeLessThan(300);
		expect(odd.reasons[0]?.text).not.toBe("");
		const back = await series.judge({ series: "orders", value: 100, atMs: START + 61 * MINUTE }, {});
		expect(back.outside).toBe(false);
	});

	it("can't be judged by the detector of whole targets, which says what to do", async () => {
		const { series } = world();
		await expect(series.judge({ series: "orders", value: 1 }, { detector: "target" })).rejects.toMatchObject({
			code: "invalid",
			message: expect.stringMatching(/judges all metrics of a target together.*make a watch/),
		});
		expect(series.status().series).toEqual([]);
	});

	it("wait for a forest that their points had trained before the next point is judged", async () => {
		const under: (() => void)[] = [];
		const training = trainInStep(() => (data, options, done) => {
			const train = () => trainAtOnce(data, { ...options, trees: 10 }, done);
			if (under.push(train) > 1) train();
		});
		const detector = namedDetectors(training.trainerOf);
		const series = createApiSeries({
			clock: { now: () => NOW },
			detector,
			training,
			pause: async () => {},
		});
		const points = healthy(400).map((point) => ({ series: "orders", ...point }));
		const all = series.judgeAll(points, { detector: "isolation-forest-18" });
		const later = series.judge({ series: "orders", value: 100, atMs: START + 500 * MINUTE }, {});
		expect(under).toHaveLength(1);
		under[0]?.();
		const verdicts = await all;
		expect(under.length).toBeGreaterThan(1);
		expect(verdicts.findIndex(({ ready }) => ready)).toBe(verdicts.filter(({ ready }) => !ready).length);
		expect(verdicts.filter(({ ready }) => ready).length).toBeGreaterThan(50);
		expect((await later).ready).toBe(true);
	});

	it("pass over what has no value, and what is not later than the point before", async () => {
		const { series } = world();
		await series.judge({ series: "a", value: 1, atMs: START }, {});
		const nothing = { score: 0, outside: false, tailProbability: 1, seen: 1 };
		expect(await series.judge({ series: "a", value: null, atMs: START + 1 }, {})).toMatchObject({
			...nothing,
			passedOver: "There is no value.",
		});
		for (const value of [Number.NaN, Number.POSITIVE_INFINITY])
			expect(await series.judge({ series: "a", value, atMs: START + 2 }, {})).toMatchObject(nothing);
		for (const atMs of [START, START - 5])
			expect(await series.judge({ series: "a", value: 2, atMs }, {})).toMatchObject({
				...nothing,
				passedOver: "It is not later than the point before.",
			});
	});

	it("are not begun by what has no value, which takes no place and fixes no options", async () => {
		const { series } = world();
		const empty = [null, Number.NaN].map((value) => ({ series: "a", value, atMs: START }));
		for (const verdict of await series.judgeAll(empty, { sensitivity: "low" }))
			expect(verdict).toMatchObject({
				atMs: START,
				ready: false,
				seen: 0,
				needed: expect.any(Number),
				passedOver: "There is no value.",
			});
		expect(series.status()).toMatchObject({ series: [], points: 0 });
		expect(await series.judge({ series: "a", value: 1 }, { sensitivity: "high" })).toMatchObject({ seen: 1 });
		for (let index = 1; index < MOST_API_SERIES; index += 1)
			await series.judge({ series: `s${index}`, value: 1 }, {});
		expect(await series.judge({ series: "beyond", value: null }, {})).toMatchObject({ seen: 0 });
		const mixed = [null, 2].map((value) => ({ series: "beyond", value }));
		await expect(series.judgeAll(mixed, {})).rejects.toMatchObject({ code: "limited" });
	});

	it("are refused with a detector there is not, known or new, and lose nothing by it", async () => {
		const { series } = world();
		await series.judge({ series: "a", value: 1 }, {});
		const refused = { code: "invalid", message: expect.stringContaining('There is no detector "none".') };
		const none = { detector: "none" };
		for (const point of [
			{ series: "a", value: 1 },
			{ series: "b", value: 1 },
			{ series: "b", value: null },
		]) {
			await expect(series.judge(point, none)).rejects.toMatchObject(refused);
			await expect(series.judgeAll([point], none)).rejects.toMatchObject(refused);
			await expect(series.train(point.series, [point], none)).rejects.toMatchObject(refused);
		}
		expect(series.status().series).toMatchObject([{ series: "a", seen: 1 }]);
	});

	it("count points without a time as of now, also many of the same moment", async () => {
		const { series, clock } = world();
		const verdicts = await series.judgeAll(
			Array.from({ length: 3 }, () => ({ series: "a", value: 1 })),
			{},
		);
		clock.nowMs -= 100;
		const again = await series.judge({ series: "a", value: 1 }, {});
		const times = [...verdicts, again].map(({ atMs }) => atMs);
		expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
		expect(again.seen).toBe(4);
	});

	it("stay calm and without NaN for constant, tiny and huge values", async () => {
		const { series } = world();
		for (const value of [5, 0, -1e308, 5e-324]) {
			const points = Array.from({ length: 100 }, (_, i) => ({
				series: `v${value}`,
				value,
				atMs: START + i * MINUTE,
			}));
			for (const { score, outside, tailProbability } of await series.judgeAll(points, {})) {
				expect([score, outside]).toEqual([0, false]);
				expect(tailProbability).toBeGreaterThanOrEqual(0);
			}
		}
		const wild = Array.from({ length: 200 }, (_, i) => ({
			series: "wild",
			value: i % 2 ? Number.MAX_VALUE : -Number.MAX_VALUE,
			atMs: START + i * MINUTE,
		}));
		for (const { score } of await series.judgeAll(wild, {})) expect(score).toBeGreaterThanOrEqual(0);
	});

	it("learn from history in any order, once for each instant, and begin anew by it", async () => {
		const { series } = world();
		await series.judge({ series: "a", value: 5000, atMs: START + 1000 * MINUTE }, {});
		const history = healthy(80).toReversed();
		const trained = await series.train(
			"a",
			[...history, ...history.slice(0, 5), { value: null, atMs: 1 }],
			{},
		);
		expect(trained).toMatchObject({ series: "a", learned: 80, passedOver: 6, seen: 80, ready: true });
		const next = await series.judge({ series: "a", value: 100, atMs: START + 80 * MINUTE }, {});
		expect(next).toMatchObject({ ready: true, outside: false, seen: 81 });
	});

	it("take history without times as even steps up to now, and refuse a mixture", async () => {
		const { series, clock } = world();
		await series.train("a", [{ value: 1 }, { value: 2 }], { stepSeconds: 60 });
		expect(series.status().series[0]?.lastAtMs).toBeLessThanOrEqual(clock.nowMs);
		await expect(series.train("a", [{ value: 1, atMs: 5 }, { value: 2 }], {})).rejects.toMatchObject({
			code: "invalid",
		});
	});

	it("keep what they were begun with", async () => {
		const { series } = world();
		await series.judge({ series: "a", value: 1 }, { sensitivity: "high", stepSeconds: 58 });
		expect((await series.judge({ series: "a", value: 1 }, { stepSeconds: 61 })).seen).toBe(2);
		await expect(series.judge({ series: "a", value: 1 }, { sensitivity: "low" })).rejects.toThrow(
			"a was begun with sensitivity high. Leave sensitivity out, use another name, or begin it anew by training it.",
		);
		await expect(series.judge({ series: "b", value: 1 }, { detector: "none" })).rejects.toThrow(
			'no detector "none"',
		);
		await series.train("a", [{ value: 1 }], { sensitivity: "low" });
		expect(series.status().series).toMatchObject([{ series: "a", sensitivity: "low", seen: 1 }]);
	});

	it("say since when something is abnormal, and how badly at its worst, while a later point is new no more", async () => {
		const { series } = world();
		const { series: other } = world();
		const push = (to: typeof series, values: readonly number[]) =>
			to.judgeAll(
				values.map((value, index) => ({ series: "a", value, atMs: START + (500 + index) * MINUTE })),
				{ detector: "stream" },
			);
		for (const one of [series, other]) await one.train("a", healthy(500), { detector: "stream" });
		const [first, ...rest] = await push(series, [400, 400, 400, 400, 400]);
		const begun = { outside: true, sinceMs: START + 500 * MINUTE };
		expect(first).toMatchObject({ ...begun, severity: severityOf(first?.score ?? 0, UNCAPPED) });
		expect(first?.score).toBeGreaterThanOrEqual(1);
		expect(rest.at(-1)?.score).toBeLessThan(1);
		let worst = first?.score ?? 0;
		for (const one of rest) {
			worst = Math.max(worst, one.score);
			expect(one).toMatchObject({ ...begun, severity: severityOf(worst, UNCAPPED) });
		}
		const calm = await push(other, [100, 100.5, 99.5]);
		for (const one of calm) expect(one).not.toHaveProperty("severity");
		for (const one of calm) expect(one).not.toHaveProperty("sinceMs");
	});

	it("refuse times that are ahead of now, and then learn nothing of what came with them", async () => {
		const { series, clock } = world();
		const in2100 = Date.UTC(2100, 0, 1);
		const ahead = { code: "invalid", message: expect.stringMatching(/^a has a point of .*ahead of now/) };
		await expect(series.judge({ series: "a", value: 1, atMs: in2100 }, {})).rejects.toMatchObject(ahead);
		const both = [
			{ series: "a", value: 1, atMs: START },
			{ series: "a", value: 1, atMs: in2100 },
		];
		await expect(series.judgeAll(both, {})).rejects.toMatchObject(ahead);
		await expect(series.train("a", both, {})).rejects.toMatchObject(ahead);
		expect(series.status()).toMatchObject({ series: [], points: 0 });
		const soon = await series.judge({ series: "a", value: 1, atMs: clock.nowMs + 59_000 }, {});
		expect(soon).toMatchObject({ seen: 1 });
		const hourly = { stepSeconds: 3600 };
		await series.judge({ series: "b", value: 1, atMs: clock.nowMs + 59 * MINUTE }, hourly);
		await expect(
			series.judge({ series: "b", value: 1, atMs: clock.nowMs + 61 * MINUTE }, {}),
		).rejects.toMatchObject({ code: "invalid" });
	});

	it("are at most a thousand: those in use keep their place, whatever new names come", async () => {
		const { series } = world();
		for (let index = 0; index < MOST_API_SERIES; index += 1)
			await series.judge({ series: `s${index}`, value: 1 }, {});
		const limited = {
			code: "limited",
			retryAfterSeconds: 600,
			message: expect.stringContaining("those in use keep their place, and 2 new ones have 0 places."),
		};
		const fresh = ["x", "s0", "y"].map((name) => ({ series: name, value: 1 }));
		await expect(series.judgeAll(fresh, {})).rejects.toMatchObject(limited);
		await expect(series.judge({ series: "x", value: 1 }, {})).rejects.toMatchObject({ code: "limited" });
		await expect(series.train("x", [{ value: 1 }], {})).rejects.toMatchObject({ code: "limited" });
		expect(series.status()).toMatchObject({ left: 0, points: MOST_API_SERIES });
		expect(await series.train("s1", [{ value: 1 }], {})).toMatchObject({ learned: 1 });
	});

	it("leave for others after an hour, and after a day once they were trained; memory stays", async () => {
		const { series, clock } = world();
		await series.train("trained", healthy(500), {});
		for (let index = 1; index < MOST_API_SERIES; index += 1)
			await series.judge({ series: `s${index}`, value: 1 }, {});
		const { bytes } = series.status();
		clock.nowMs += HOUR;
		await series.judge({ series: "s1", value: 1 }, {});
		const fresh = Array.from({ length: MOST_API_SERIES - 2 }, (_, index) => ({
			series: `n${index}`,
			value: 1,
		}));
		await series.judgeAll(fresh, {});
		const status = series.status();
		const names = new Set(status.series.map((one) => one.series));
		expect([names.size, status.left, status.bytes]).toEqual([MOST_API_SERIES, MOST_API_SERIES - 2, bytes]);
		expect(["trained", "s1", "n0", "s2"].map((name) => names.has(name))).toEqual([true, true, true, false]);
		clock.nowMs += 23 * HOUR;
		await series.judge({ series: "new", value: 1 }, {});
		expect(series.status().series.map((one) => one.series)).not.toContain("trained");
	});

	it("let other work have its turn while many are judged", async () => {
		const { series, pauses } = world();
		await series.judgeAll(
			Array.from({ length: 500 }, (_, index) => ({ series: `s${index % 7}`, value: 1 })),
			{},
		);
		expect(pauses()).toBeGreaterThan(20);
	});
});
