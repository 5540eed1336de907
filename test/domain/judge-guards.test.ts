import * as fc from "fast-check";
import { judgeGuards, type WatchedGuard } from "../../src/domain/judge-guards.ts";
import type { GuardSpec } from "../../src/domain/plan.ts";
import type { Sample } from "../../src/domain/time-series.ts";

const START = 1_000_000;
const errorRate: GuardSpec = {
	metric: "error rate",
	query: "errors",
	labels: {},
	unit: "percent",
	band: { low: Number.MIN_SAFE_INTEGER, high: 2 },
	forSeconds: 10,
};
const plain = (text = "") => text.replaceAll("\u00a0", " ");
/** Values every 5 s: those before the change end at its instant. */
const series = (before: readonly number[], after: readonly (number | undefined)[]): Sample[] => [
	...before.map((v, i) => ({ t: START - 5000 * (before.length - 1 - i), v })),
	...after.flatMap((v, i) => (v === undefined ? [] : [{ t: START + 5000 * (i + 1), v }])),
];
const watched = (samples: Sample[], guard = errorRate): WatchedGuard => ({ guard, samples, stepSeconds: 5 });
const judge = (before: readonly number[], after: readonly (number | undefined)[], seconds?: number) => {
	const nowMs = START + (seconds ?? 5 * after.length) * 1000;
	const [verdict] = judgeGuards([watched(series(before, after))], START, nowMs);
	return { ...verdict, reason: plain(verdict?.reason) };
};

describe("a guard", () => {
	it("inside its band is fine, and says its value", () => {
		expect(judge([1, 1], [1, 0.5])).toEqual({
			metric: "error rate",
			state: "inside",
			reason: "error rate is 0.5 %, allowed at most 2 %",
			outsideForSeconds: 0,
			lastValue: 0.5,
		});
	});

	it("outside for as long as it may be says since when the change made it worse", () => {
		expect(judge([1, 1], [4, 4])).toMatchObject({ state: "outside", outsideForSeconds: 5 });
		expect(judge([1, 1], [4, 4, 5])).toMatchObject({
			state: "worse",
			reason: "error rate has been 5 % for 10 s since the change, allowed at most 2 %",
		});
	});

	it("stays worse when it comes back later", () => {
		expect(judge([1], [4, 4, 5, 1, 1, 1])).toMatchObject({ state: "worse", lastValue: 5 });
	});

	it("starts to count anew after a value inside, and after three missing samples", () => {
		expect(judge([1], [4, 4, 1, 4, 4])).toMatchObject({ state: "outside", outsideForSeconds: 5 });
		const none = undefined;
		expect(judge([1], [4, 4, none, none, none, 4])).toMatchObject({ state: "outside", outsideForSeconds: 0 });
		expect(judge([1], [4, none, 4])).toMatchObject({ state: "worse" });
	});

	it("that was outside before in the same way does not count against the change", () => {
		expect(judge([1, 3, 4], [4, 3.5, 4])).toMatchObject({
			state: "as_before",
			reason: "error rate is 4 %, outside as it was before the change",
		});
	});

	it("that was outside before counts once it is over twice as far out, or came back in between", () => {
		expect(judge([3, 4], [7, 7, 7]).state).toBe("worse");
		expect(judge([3, 4], [6, 6, 6]).state).toBe("as_before");
		expect(judge([3, 4], [1, 4, 4, 4]).state).toBe("worse");
	});

	it("that was outside on the other side before counts", () => {
		const guard = { ...errorRate, band: { low: 1, high: 2 } };
		const [verdict] = judgeGuards([watched(series([0.5, 0.5], [4, 4, 4]), guard)], START, START + 15_000);
		expect(verdict?.state).toBe("worse");
	});

	it("without samples says so, also where they stopped, and is never worse for that", () => {
		expect(judge([1], [], 60)).toMatchObject({
			state: "no_samples",
			reason: "no samples of error rate since the change",
		});
		expect(judge([1], [1], 60)).toMatchObject({
			state: "no_samples",
			reason: "samples of error rate stopped coming",
		});
		expect(judge([1], [Number.NaN, Number.NaN], 10).state).toBe("no_samples");
	});

	it("with no time to be outside counts at the first value", () => {
		const [verdict] = judgeGuards(
			[watched(series([1], [4]), { ...errorRate, forSeconds: 0 })],
			START,
			START + 5000,
		);
		expect(verdict).toMatchObject({ state: "worse" });
		expect(plain(verdict?.reason)).toBe("error rate is 4 % since the change, allowed at most 2 %");
	});

	it("once worse is worse at every later instant, and only by values outside its band", () => {
		const values = fc.array(fc.constantFrom(0, 1, 2, 2.1, 4, 9, Number.NaN, undefined), { maxLength: 30 });
		fc.assert(
			fc.property(fc.array(fc.constantFrom(1, 3, 9), { maxLength: 5 }), values, (before, after) => {
				const list = watched(series(before, after));
				const verdicts = Array.from(
					{ length: 33 },
					(_, i) => judgeGuards([list], START, START + 5000 * i)[0],
				);
				const first = verdicts.findIndex((verdict) => verdict?.state === "worse");
				const later = first < 0 ? [] : verdicts.slice(first);
				expect(later.every((verdict) => verdict?.state === "worse")).toBe(true);
				expect(later.length > 0 && !after.some((v) => v !== undefined && v > 2)).toBe(false);
				expect(verdicts.map((verdict) => verdict?.reason).join()).not.toMatch(/NaN|undefined/);
			}),
		);
	});
});
