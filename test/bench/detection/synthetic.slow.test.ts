import { checkPrefixes } from "../../../bench/detection/check-prefix.ts";
import type { LabelledSeries } from "../../../bench/detection/corpus/labelled-series.ts";
import { scoreHash } from "../../../bench/detection/hash-scores.ts";
import { medianGapSeconds, runBank } from "../../../bench/detection/run-bank.ts";
import { synthesize, WARM_UP_POINTS } from "../../../bench/detection/synthetic.ts";
import type { Bank, BankDetector } from "../../../models/define-bank.ts";

const made = synthesize(1, 2);

test("the same seed makes the same series, another one others", () => {
	const sums = (series: readonly LabelledSeries[]) =>
		series.map((one) => one.values.reduce((sum, value) => sum + value, 0));
	expect(sums(synthesize(1, 2))).toEqual(sums(made));
	expect(sums(synthesize(2, 2))).not.toEqual(sums(made));
});

test("every kind has three events a series, none in the history, and clean series have none", () => {
	for (const series of made) {
		expect(series.windows).toHaveLength(series.category === "clean" ? 0 : 3);
		expect(series.labels.subarray(0, WARM_UP_POINTS).includes(1)).toBe(false);
		expect(series.values.every(Number.isFinite)).toBe(true);
	}
	expect(new Set(made.map((series) => series.category)).size).toBe(8);
});

test("a contextual anomaly stays in the range that the series has had before", () => {
	for (const series of made.filter(({ category }) => category === "contextual")) {
		const inside = series.values.filter((_, i) => series.labels[i] === 1);
		const outside = series.values.filter((_, i) => series.labels[i] !== 1);
		expect(Math.max(...inside)).toBeLessThanOrEqual(Math.max(...outside));
		expect(Math.min(...inside)).toBeGreaterThanOrEqual(Math.min(...outside));
	}
});

test("a flat line repeats one value", () => {
	const series = made.find(({ category }) => category === "flat-line");
	const inside = series?.values.filter((_, i) => series.labels[i] === 1) ?? new Float64Array();
	expect(new Set(inside).size).toBeLessThanOrEqual(3 * 7);
});

/** Scores are the values; ready after two points. */
const echo: BankDetector = {
	name: "echo",
	version: 1,
	open: () => {
		let seen = 0;
		return {
			needed: 2,
			add: () => 0,
			seen: () => seen,
			push: (_slot: number, value: number) => {
				seen += 1;
				return value;
			},
		} as unknown as Bank;
	},
};

test("a detector that is not ready scores 0", () => {
	expect([...runBank(echo, Float64Array.of(0, 1, 2, 3), Float64Array.of(5, 6, 7, 8))]).toEqual([0, 0, 7, 8]);
});

test("the step is the median of the gaps that go forward", () => {
	expect(medianGapSeconds(Float64Array.of(0, 300_000, 600_000, 600_000, 0, 300_000, 9_000_000))).toBe(300);
	expect(medianGapSeconds(new Float64Array())).toBe(60);
});

describe("the prefix test", () => {
	const signal = {
		name: "s",
		timesMs: new Float64Array(100),
		values: Float64Array.from({ length: 100 }, (_, i) => i),
	};

	test("passes who says the same of the past", () => {
		const own = Float32Array.from(signal.values);
		expect(checkPrefixes([signal], [own], (_, points) => own.slice(0, points))).toEqual([]);
	});

	test("catches who looks ahead, by the last bit of one score", () => {
		const ahead = (points: number) => {
			const scores = Float32Array.from(signal.values.subarray(0, points));
			// What only the whole series tells: the largest value of all.
			scores[3] = Math.max(...scores) / 1e6;
			return scores;
		};
		const broken = checkPrefixes([signal], [ahead(100)], (_, points) => ahead(points));
		expect(broken).toHaveLength(1);
		expect(broken[0]).toContain("point 3");
	});
});

test("the hash tells scores apart that differ in one bit", () => {
	const digest = (score: number) => {
		const hash = scoreHash();
		hash.add("a", Float32Array.of(1, score));
		return hash.digest();
	};
	expect(digest(2)).toBe(digest(2));
	expect(digest(2)).not.toBe(digest(2 + 2 ** -22));
});
