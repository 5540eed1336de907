import * as fc from "fast-check";
import type { ForecastPoint } from "../../src/domain/forecast.ts";
import type { WatchedGuard } from "../../src/domain/judge-guards.ts";
import { guardedSeconds, type HelpInput, judgeHelp } from "../../src/domain/judge-help.ts";
import type { GuardSpec } from "../../src/domain/plan.ts";
import type { Sample } from "../../src/domain/time-series.ts";
import { exampleVerification } from "../fakes/example-approval.ts";

const MB = 1024 ** 2;
const START = 1_000_000;
/** Within 60 s, for 10 s. */
const spec = exampleVerification({ band: { low: 190 * MB, high: 260 * MB } });
const guard: GuardSpec = {
	metric: "error rate",
	query: "errors",
	labels: {},
	unit: "percent",
	band: { low: Number.MIN_SAFE_INTEGER, high: 2 },
	forSeconds: 6,
};
const plain = (text: string) => text.replaceAll("\u00a0", " ");
type Values = readonly (number | undefined)[];
const every2s = (values: Values, scale: number): Sample[] =>
	values.flatMap((v, i) => (v === undefined ? [] : [{ t: START + 2000 * (i + 1), v: v * scale }]));
const watched = (values: Values): WatchedGuard => ({
	guard,
	samples: [{ t: START - 2000, v: 1 }, ...every2s(values, 1)],
	stepSeconds: 2,
});
const judge = (values: Values, seconds: number, parts: Partial<HelpInput> = {}) => {
	const input = { spec, samples: every2s(values, MB), guards: [], startedAtMs: START, ...parts };
	const verdict = judgeHelp({ ...input, nowMs: START + seconds * 1000 });
	return { ...verdict, reason: plain(verdict.reason) };
};
const steady = (v: number, count = 40) => Array<number>(count).fill(v);
/** What doing nothing would lead to: `v` MB for two minutes, within `range` MB to each side. */
const nothing = (v: number, range = 50): ForecastPoint[] =>
	[0, 60, 120].map((seconds) => ({
		t: START + seconds * 1000,
		v: v * MB,
		low: (v - range) * MB,
		high: (v + range) * MB,
	}));

describe("a change", () => {
	it("helped once its metric held, without guards as a verification says", () => {
		expect(judge(steady(240), 30)).toMatchObject({
			verdict: "helped",
			insideForSeconds: 10,
			reason: "memory is back at 240 MB, expected 190–260 MB",
		});
		expect(judge(steady(240), 30).guards).toBeUndefined();
	});

	it("is judged by the first instant that decides, however late somebody looks", () => {
		const leftAgain = [...steady(240, 8), ...steady(804)];
		expect(judge(leftAgain, 14).verdict).toBe("helped");
		expect(judge(leftAgain, 70)).toEqual(judge(leftAgain, 14));
	});

	it("made things worse where a guard leaves its band, before the metric is judged", () => {
		const verdict = judge(steady(240), 10, { guards: [watched(steady(5))] });
		expect(verdict).toMatchObject({
			verdict: "worse",
			reason: "error rate has been 5 % for 6 s since the change, allowed at most 2 %",
		});
		expect(verdict.guards).toMatchObject([{ state: "worse", metric: "error rate" }]);
	});

	it("has not helped yet while a guard is outside, and says so", () => {
		const guards = [watched([1, 1, 1, 1, 5, 5, 5, 1, 1])];
		expect(judge(steady(240), 13, { guards })).toMatchObject({
			verdict: "pending",
			reason: "memory is back at 240 MB, expected 190–260 MB; error rate is 5 %, allowed at most 2 %",
		});
		expect(judge(steady(240), 18, { guards })).toMatchObject({ verdict: "helped" });
	});

	it("waits until each guard was watched for as long as it may be outside", () => {
		const slow = { ...watched(steady(1)), guard: { ...guard, forSeconds: 30 } };
		expect(judge(steady(240), 29, { guards: [slow] })).toMatchObject({
			verdict: "pending",
			reason: "memory is back at 240 MB, expected 190–260 MB; the guards are still watched",
		});
		expect(judge(steady(240), 30, { guards: [slow] }).verdict).toBe("helped");
	});

	it("that helped says which guards could not be checked, and which were outside before", () => {
		expect(judge(steady(240), 30, { guards: [watched([])] })).toMatchObject({
			verdict: "helped",
			reason:
				"memory is back at 240 MB, expected 190–260 MB; no samples of error rate since the change, so it was not checked",
		});
		const before = {
			...watched(steady(4)),
			samples: [{ t: START - 1, v: 4 }, ...every2s(steady(4), 1)],
		};
		expect(judge(steady(240), 30, { guards: [before] }).reason).toContain(
			"error rate is 4 %, outside as it was before the change",
		);
	});

	it("that is outside still, but better than doing nothing, did not help and says both", () => {
		expect(judge(steady(500), 60, { doNothing: nothing(900) })).toMatchObject({
			verdict: "not_helped",
			doNothing: { value: 900 * MB, compared: "better" },
			reason:
				"memory is still 500 MB after 1 min, expected 190–260 MB: lower than the 900 MB it would have been, but still outside",
		});
	});

	it("that ended further out than doing nothing would have led to made it worse", () => {
		expect(judge(steady(900), 60, { doNothing: nothing(500) })).toMatchObject({
			verdict: "worse",
			doNothing: { compared: "worse" },
			reason:
				"memory is 900 MB after 1 min, higher than the 500 MB that doing nothing would have led to, expected 190–260 MB",
		});
		expect(judge(steady(500), 60, { doNothing: nothing(240, 10) }).verdict).toBe("worse");
	});

	it("within the forecast's range is neither better nor worse than doing nothing", () => {
		const verdict = judge(steady(500), 60, { doNothing: nothing(540, 100) });
		expect(verdict).toMatchObject({ verdict: "not_helped", doNothing: { compared: "same" } });
		expect(verdict.reason).toBe("memory is still 500 MB after 1 min, expected 190–260 MB");
	});

	it("is compared with a forecast that ends a little before it", () => {
		const early = [0, 30, 59.99].map((seconds) => ({
			t: START + seconds * 1000,
			v: 900 * MB,
			low: 850 * MB,
			high: 950 * MB,
		}));
		expect(judge(steady(500), 60, { doNothing: early }).doNothing).toMatchObject({ compared: "better" });
	});

	it("is not compared with a forecast that does not reach its end", () => {
		const short = nothing(900).slice(0, 1);
		expect(judge(steady(500), 60, { doNothing: short }).doNothing).toBeUndefined();
	});

	it("is compared below its band as well, and shares end at 100 %", () => {
		const low = exampleVerification({ unit: "percent", band: { low: -5, high: 50 } });
		const rising = [0, 120].map((seconds) => ({ t: START + seconds * 1000, v: 180, low: 170, high: 190 }));
		const samples = every2s(steady(60), 1);
		expect(judge([], 60, { spec: low, samples, doNothing: rising }).reason).toBe(
			"memory is still 60 % after 1 min, expected at most 50 %: lower than the 100 % it would have been, but still outside",
		);
		const traffic = exampleVerification({ unit: "per_second", band: { low: 40, high: 90 } });
		const falling = [0, 120].map((seconds) => ({ t: START + seconds * 1000, v: -30, low: -40, high: -20 }));
		expect(
			judge([], 60, { spec: traffic, samples: every2s(steady(30), 1), doNothing: falling }).reason,
		).toContain("higher than the 0 /s it would have been, but still outside");
	});

	it("without a metric is judged by its guards alone, once they were watched for a minute", () => {
		const guards = [watched(steady(1))];
		const alone = { spec: undefined, guards };
		expect(judge([], 59, alone)).toMatchObject({ verdict: "pending", reason: "the guards are watched" });
		expect(judge([], 60, alone)).toMatchObject({
			verdict: "helped",
			reason: "error rate is 1 %, allowed at most 2 %; it has no metric that has to come back",
		});
		expect(judge([], 60, { spec: undefined, guards: [watched(steady(9))] }).verdict).toBe("worse");
		expect(judge([], 0, { spec: undefined })).toMatchObject({ verdict: "helped", notShown: true });
		expect(guardedSeconds([{ ...guard, forSeconds: 300 }])).toBe(600);
	});

	const value = fc.constantFrom(100, 190, 240, 260, 261, 804, Number.NaN, undefined);
	const rate = fc.constantFrom(0, 1, 2, 3, 9, Number.NaN, undefined);
	const history = fc.record({
		values: fc.array(value, { maxLength: 40 }),
		rates: fc.array(rate, { maxLength: 40 }),
		forecast: fc.option(fc.integer({ min: 0, max: 2000 }), { nil: undefined }),
	});
	type History = { values: Values; rates: Values; forecast: number | undefined };
	const verdictAt = ({ values, rates, forecast }: History, seconds: number) =>
		judge(values, seconds, {
			guards: [watched(rates)],
			...(forecast === undefined ? {} : { doNothing: nothing(forecast) }),
		});

	it("once judged stays judged as it was at every later instant", () => {
		fc.assert(
			fc.property(history, (given) => {
				const verdicts = Array.from({ length: 31 }, (_, i) => verdictAt(given, 3 * i));
				const first = verdicts.findIndex(({ verdict }) => verdict !== "pending");
				expect(first).toBeGreaterThanOrEqual(0);
				for (const verdict of verdicts.slice(first)) expect(verdict).toEqual(verdicts[first]);
			}),
			{ numRuns: 60 },
		);
	});

	it("is judged alike whether or not what comes later is known", () => {
		fc.assert(
			fc.property(history, fc.integer({ min: 0, max: 90 }), (given, seconds) => {
				const until = (values: Values) => values.slice(0, Math.floor(seconds / 2));
				const known = { ...given, values: until(given.values), rates: until(given.rates) };
				expect(verdictAt(known, seconds)).toEqual(verdictAt(given, seconds));
			}),
		);
	});

	it("never helped without values inside its band, nor with a guard that was outside all along", () => {
		fc.assert(
			fc.property(history, fc.integer({ min: 0, max: 90 }), (given, seconds) => {
				const verdict = verdictAt(given, seconds);
				expect(verdict.reason).not.toMatch(/NaN|undefined/);
				const inside = given.values.some((v) => v !== undefined && v >= 190 && v <= 260);
				expect(verdict.verdict === "helped" && !inside).toBe(false);
			}),
		);
		fc.assert(
			fc.property(fc.array(value, { maxLength: 40 }), fc.integer({ min: 0, max: 90 }), (values, seconds) => {
				expect(verdictAt({ values, rates: steady(9), forecast: undefined }, seconds).verdict).not.toBe(
					"helped",
				);
			}),
		);
	});
});
