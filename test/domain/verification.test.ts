import * as fc from "fast-check";
import type { Sample } from "../../src/domain/time-series.ts";
import { bandText, helpedIf, judgeVerification } from "../../src/domain/verification.ts";
import { exampleVerification } from "../fakes/example-approval.ts";

const MB = 1024 ** 2;
const START = 1_000_000;
const spec = exampleVerification({ band: { low: 190 * MB, high: 260 * MB } });
const plain = (text: string) => text.replaceAll("\u00a0", " ");
/** Values in MB every 2 s from the start on; undefined is a missing sample. */
const every2s = (values: readonly (number | undefined)[]): Sample[] =>
	values.flatMap((v, i) => (v === undefined ? [] : [{ t: START + 2000 * (i + 1), v: v * MB }]));
const at = (seconds: number) => START + seconds * 1000;
const judge = (values: readonly (number | undefined)[], seconds: number, parts = spec) =>
	judgeVerification(parts, every2s(values), START, at(seconds));

describe("a verification", () => {
	it("helped once the metric held inside its band for long enough", () => {
		const verdict = judge([804, 240, 240, 240, 240, 240, 230], 14);
		expect(verdict).toMatchObject({ verdict: "helped", insideForSeconds: 10, lastValue: 230 * MB });
		expect(plain(verdict.reason)).toBe("memory is back at 230 MB, expected 190–260 MB");
	});

	it("waits while it holds for less than that, and says how it stands", () => {
		const verdict = judge([804, 240, 240, 240], 8);
		expect(verdict).toMatchObject({ verdict: "pending", insideForSeconds: 4 });
		expect(plain(verdict.reason)).toBe("memory is 240 MB, expected 190–260 MB");
	});

	it("starts to count anew after a break", () => {
		expect(judge([240, 240, 240, 240, 240, 300, 240, 240], 16)).toMatchObject({
			verdict: "pending",
			insideForSeconds: 2,
		});
	});

	it("counts a value that is no number as a break", () => {
		expect(judge([240, 240, 240, Number.NaN, 240, 240, 240], 14)).toMatchObject({
			verdict: "pending",
			insideForSeconds: 4,
		});
		expect(judge([240, Number.NaN], 4)).toMatchObject({ insideForSeconds: 0 });
		expect(judge([240, Number.NaN], 4).lastValue).toBeUndefined();
	});

	it("counts a gap of more than three intervals as a break, a shorter one not", () => {
		const none = undefined;
		expect(judge([240, 240, none, none, 240, 240], 12)).toMatchObject({ insideForSeconds: 10 });
		expect(judge([240, 240, none, none, none, 240, 240], 14)).toMatchObject({ insideForSeconds: 2 });
	});

	it("does not call it help when the samples stopped meanwhile", () => {
		expect(judge([240, 240, 240, 240, 240, 240], 30)).toMatchObject({
			verdict: "pending",
			insideForSeconds: 0,
		});
		const late = judge([240, 240, 240, 240, 240, 240], 61);
		expect(late).toMatchObject({ verdict: "not_helped", notShown: true });
		expect(late.reason).toBe(
			"samples of memory stopped coming within 1 min, so it is not shown that it helped",
		);
	});

	it("did not help when the deadline passes outside the band", () => {
		const verdict = judge(Array(30).fill(804), 60);
		expect(verdict.verdict).toBe("not_helped");
		expect(verdict.notShown).toBeUndefined();
		expect(plain(verdict.reason)).toBe("memory is still 804 MB after 1 min, expected 190–260 MB");
	});

	it("did not help when it came back too late to hold, and says for how long it held", () => {
		const verdict = judge([...Array(27).fill(804), 240, 240, 240], 60);
		expect(verdict.verdict).toBe("not_helped");
		expect(plain(verdict.reason)).toBe(
			"memory is 240 MB after 1 min, but inside its band for only 4 s of the 10 s needed",
		);
	});

	it("is judged by the time up to the deadline, however late somebody looks", () => {
		const cameBackAfterwards = [...Array(40).fill(804), ...Array(60).fill(240)];
		expect(judge(cameBackAfterwards, 190).verdict).toBe("not_helped");
		const heldAtTheEnd = [...Array(20).fill(804), ...Array(10).fill(240), ...Array(60).fill(804)];
		expect(judge(heldAtTheEnd, 190).verdict).toBe("helped");
	});

	it("without any sample waits, then says that nothing is shown", () => {
		expect(judge([], 10)).toEqual({
			verdict: "pending",
			reason: "no samples of memory since the change",
			insideForSeconds: 0,
		});
		expect(judge([], 60)).toEqual({
			verdict: "not_helped",
			reason: "no samples of memory came within 1 min, so it is not shown that it helped",
			insideForSeconds: 0,
			notShown: true,
		});
	});

	it("does not count samples from before the change or from the future", () => {
		const around = [-20, -10, 0].map((seconds) => ({ t: at(seconds), v: 240 * MB }));
		expect(judgeVerification(spec, around, START, at(12))).toMatchObject({ insideForSeconds: 0 });
		expect(judgeVerification(spec, every2s(Array(20).fill(240)), START, at(5))).toMatchObject({
			verdict: "pending",
			insideForSeconds: 2,
		});
	});

	it("with no time to hold helps at the first sample inside", () => {
		expect(judge([240], 2, { ...spec, holdSeconds: 0 }).verdict).toBe("helped");
		expect(judge([804], 2, { ...spec, holdSeconds: 0 }).verdict).toBe("pending");
	});

	it("is never pending from the deadline on, and never helped by values outside", () => {
		const values = fc.array(fc.constantFrom(100, 190, 240, 260, 261, 804, Number.NaN, undefined), {
			maxLength: 60,
		});
		fc.assert(
			fc.property(values, fc.integer({ min: 0, max: 200 }), (list, seconds) => {
				const verdict = judge(list, seconds);
				expect(verdict.insideForSeconds).toBeGreaterThanOrEqual(0);
				expect(verdict.verdict === "pending" && seconds >= 60).toBe(false);
				const anyInside = list.some((v) => v !== undefined && v >= 190 && v <= 260);
				expect(verdict.verdict === "helped" && !anyInside).toBe(false);
				expect(verdict.reason).not.toMatch(/NaN|undefined/);
			}),
		);
	});
});

describe("a band in words", () => {
	it.each([
		[{ low: 190 * MB, high: 260 * MB }, "bytes", "inside 190–260 MB"],
		[{ low: 0, high: 260 * MB }, "bytes", "at most 260 MB"],
		[{ low: -5, high: 5 }, "percent", "at most 5 %"],
		[{ low: Number.MIN_SAFE_INTEGER, high: 5 }, "percent", "at most 5 %"],
		[{ low: 40, high: Number.MAX_SAFE_INTEGER }, "per_second", "at least 40 /s"],
		[{ low: 1, high: 1 }, "count", "at 1"],
	] as const)("%p %s is %p: one-sided bands name the side that counts", (band, unit, text) => {
		expect(plain(bandText({ band, unit }))).toBe(text);
	});

	it("stands in the promise of a plan with its times", () => {
		expect(plain(helpedIf({ ...spec, withinSeconds: 90 }))).toBe(
			"memory is inside 190–260 MB for 10 s within 1 min 30 s",
		);
	});
});

describe("a one-sided band", () => {
	it("holds values on its open side, however far", () => {
		const above = { ...spec, band: { low: 0, high: 260 * MB } };
		expect(judge(Array(6).fill(1), 12, above).verdict).toBe("helped");
		const below = { ...spec, unit: "per_second" as const, band: { low: 40, high: Number.MAX_SAFE_INTEGER } };
		expect(judge(Array(6).fill(80_000), 12, below).verdict).toBe("helped");
		expect(judge(Array(30).fill(0), 60, below).verdict).toBe("not_helped");
	});
});
