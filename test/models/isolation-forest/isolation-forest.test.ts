import * as fc from "fast-check";
import type { IsolationForest } from "../../../models/isolation-forest/isolation-forest.ts";
import { usualPathLength } from "../../../models/isolation-forest/isolation-forest.ts";
import { rowScorer } from "../../../models/isolation-forest/score-rows.ts";
import {
	retrainIsolationForest,
	trainIsolationForest,
} from "../../../models/isolation-forest/train-isolation-forest.ts";
import { seededRandom } from "../../../models/random.ts";
import { expectedPathLengths } from "./expected-path-lengths.ts";

/** `count` rows of a standard normal distribution. */
function normalRows(count: number, columns: number, seed: number): Float32Array {
	const random = seededRandom(seed);
	const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
	return new Float32Array(count * columns).map(normal);
}

const strangeNumber = fc.oneof(
	fc.float(),
	fc.constantFrom(
		0,
		1,
		Number.NaN,
		Number.POSITIVE_INFINITY,
		Number.NEGATIVE_INFINITY,
		3.4e38,
		-3.4e38,
		1e300,
	),
);
const strangeRows = fc.integer({ min: 1, max: 5 }).chain((columns) =>
	fc.record({
		columns: fc.constant(columns),
		rows: fc
			.array(fc.array(strangeNumber, { minLength: columns, maxLength: columns }), { maxLength: 40 })
			.map((rows) => Float32Array.from(rows.flat())),
		seed: fc.integer(),
	}),
);

const scoreRows = (forest: IsolationForest, rows: Float32Array) => rowScorer(forest)(rows);
const scoreRow = (forest: IsolationForest, row: Float32Array) => scoreRows(forest, row)[0] ?? Number.NaN;

describe("an isolation forest", () => {
	it("takes the usual length of a path from the paper", () => {
		expect(usualPathLength(256)).toBeCloseTo(10.245, 3);
		expect([0, 1, 2].map(usualPathLength)).toEqual([0, 0, 1]);
	});

	it("isolates each of a few values as early as the theory expects", () => {
		const values = [0, 1, 1.5, 2, 2, 3, 5, 5.25, 6, 8, 13, 14, 15, 21, 40];
		const trees = 2000;
		const forest = trainIsolationForest(Float32Array.from(values), 1, { trees, sample: 256, seed: 5 });
		const scores = scoreRows(forest, Float32Array.from(values));
		const expected = expectedPathLengths(values, Math.ceil(Math.log2(values.length)));
		const lengths = [...scores].map((score) => -Math.log2(score) * usualPathLength(values.length));
		// A path is at most 4 + c(13) long, so the mean of 2,000 is off by .2 once in a million times.
		for (const [i, length] of lengths.entries())
			expect(Math.abs(length - (expected[i] ?? 0))).toBeLessThan(0.2);
	});

	it("draws a tree's rows without putting one back", () => {
		const forest = trainIsolationForest(Float32Array.of(0, 1), 1, { trees: 200, sample: 256, seed: 1 });
		expect(forest.feature).toHaveLength(3 * 200);
	});

	it("never splits a column that is constant, and finds an outlier among 17 of them", () => {
		const rows = new Float32Array(2048 * 18).fill(7);
		for (const [i, value] of normalRows(2048, 1, 2).entries()) rows[i * 18 + 3] = value;
		const outlier = new Float32Array(18).fill(7);
		outlier[3] = 8;
		rows.set(outlier);
		const forest = trainIsolationForest(rows, 18, { trees: 300, sample: 256, seed: 3 });
		expect(new Set(forest.feature)).toEqual(new Set([-1, 3]));
		expect(scoreRow(forest, outlier)).toBeGreaterThan(0.74);
		expect(scoreRow(forest, outlier)).toBeLessThan(0.82);
	});

	it("scores outliers above everything else in a cloud of 18 columns", () => {
		const rows = normalRows(1000, 18, 4);
		for (let i = 0; i < 5 * 18; i += 1) rows[i] = 6;
		const scores = scoreRows(trainIsolationForest(rows, 18, { trees: 100, sample: 256, seed: 6 }), rows);
		expect(Math.min(...scores.slice(0, 5))).toBeGreaterThan(Math.max(...scores.slice(5)));
	});

	it("is the same for the same seed, and another for another", () => {
		const rows = normalRows(300, 3, 1);
		const train = (seed: number) => trainIsolationForest(rows, 3, { trees: 10, sample: 64, seed });
		expect(train(1)).toEqual(train(1));
		expect(train(1).threshold).not.toEqual(train(2).threshold);
	});

	it("scores one row as it scores many", () => {
		const rows = normalRows(603, 4, 9);
		rows[5] = Number.NaN;
		for (const trees of [20, 21, 22, 23]) {
			const score = rowScorer(trainIsolationForest(rows, 4, { trees, sample: 256, seed: 1 }));
			const single = Float64Array.from(
				{ length: 603 },
				(_, row) => score(rows.subarray(row * 4, row * 4 + 4))[0] ?? Number.NaN,
			);
			expect(score(rows)).toEqual(single);
		}
	});

	it("takes a missing number as the column's median, and an infinite one as beyond every other", () => {
		const forest = trainIsolationForest(normalRows(2000, 2, 3), 2, { trees: 100, sample: 256, seed: 8 });
		const [missing, usual] = [Number.NaN, forest.fill[0] ?? 0].map((first) =>
			scoreRow(forest, Float32Array.of(first, 0)),
		);
		expect(missing).toBe(usual);
		const [infinite, far] = [Number.POSITIVE_INFINITY, 1e30].map((first) =>
			scoreRow(forest, Float32Array.of(first, 0)),
		);
		expect(infinite).toBe(far);
		expect(infinite).toBeGreaterThan((usual ?? 1) + 0.1);
	});

	it("gives every row of any numbers a score between 0 and 1, and .5 where rows can't be told apart", () => {
		fc.assert(
			fc.property(strangeRows, ({ rows, columns, seed }) => {
				const forest = trainIsolationForest(rows, columns, { trees: 5, sample: 16, seed });
				for (const score of scoreRows(forest, rows)) {
					expect(score).toBeGreaterThan(0);
					expect(score).toBeLessThan(1);
				}
			}),
			{ numRuns: 60 },
		);
		for (const rows of [[], [1, 2], [1, 2, 1, 2, 1, 2], [Number.NaN, Number.NaN]]) {
			const forest = trainIsolationForest(Float32Array.from(rows), 2, { trees: 5, sample: 16, seed: 1 });
			expect(scoreRow(forest, Float32Array.of(1, 2))).toBe(0.5);
			expect(scoreRow(forest, Float32Array.of(Number.NaN, 1e38))).toBe(0.5);
		}
	});

	it("refuses sizes that make no forest", () => {
		const size = { trees: 10, sample: 16, seed: 1 };
		const rows = new Float32Array(6);
		expect(() => trainIsolationForest(rows, 4, size)).toThrow(/6 as its number of values/);
		expect(() => trainIsolationForest(rows, 0, size)).toThrow(/number of columns/);
		expect(() => trainIsolationForest(rows, 2, { ...size, trees: 0 })).toThrow(/number of trees/);
		expect(() => trainIsolationForest(rows, 2, { ...size, sample: Number.NaN })).toThrow(/sample/);
	});
});

describe("retraining an isolation forest", () => {
	const old = trainIsolationForest(normalRows(500, 2, 1), 2, { trees: 50, sample: 128, seed: 1 });
	const moved = normalRows(500, 2, 2).map((value) => value + 20);

	it("grows the oldest trees anew and keeps the others", () => {
		const next = retrainIsolationForest(old, moved, { seed: 2, share: 0.2 });
		expect(next.roots).toHaveLength(50);
		const kept = old.feature.length - (old.roots[10] ?? 0);
		expect(next.feature.subarray(0, kept)).toEqual(old.feature.subarray(old.roots[10]));
		expect(next.roots[40]).toBe(kept);
		expect(retrainIsolationForest(old, moved, { seed: 2, share: 0.2 })).toEqual(next);
	});

	it("gets used to new data retrain by retrain, until it is a forest of it alone", () => {
		const point = Float32Array.of(20, 20);
		let forest = old;
		const scores = [scoreRow(forest, point)];
		for (let seed = 0; seed < 5; seed += 1) {
			forest = retrainIsolationForest(forest, moved, { seed, share: 0.2 });
			scores.push(scoreRow(forest, point));
		}
		expect(scores).toEqual(scores.toSorted((a, b) => b - a));
		expect(scores[0]).toBeGreaterThan(0.65);
		expect(scores[5]).toBeLessThan(0.5);
	});

	it("needs rows of the same width, and leaves the forest alone without any", () => {
		expect(retrainIsolationForest(old, new Float32Array(), { seed: 1, share: 0.5 })).toBe(old);
		expect(() => retrainIsolationForest(old, new Float32Array(3), { seed: 1, share: 0.5 })).toThrow(/values/);
		expect(() => retrainIsolationForest(old, moved, { seed: 1, share: Number.NaN })).toThrow(/share/);
	});
});
