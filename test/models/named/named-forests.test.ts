import * as fc from "fast-check";
import { IsolationForest } from "ml-isolation-forest";
import { RandomForestClassifier } from "ml-random-forest";
import type { Forest, ForestData, ForestModel } from "../../../models/define-forest.ts";
import { forests } from "../../../models/forests.ts";
import { growMlIsolationForest, mlIsolationForest } from "../../../models/named/ml-isolation-forest.ts";
import { mlRandomForest } from "../../../models/named/ml-random-forest.ts";
import { seededRandom } from "../../../models/random.ts";
import { AppError } from "../../../src/domain/errors.ts";
import { accuracyOf, exclusiveOr } from "../random-forest/forest-data.ts";

function openOf(forest: Forest, bytes: Uint8Array): ForestModel {
	const model = forest.open(bytes);
	if (model === undefined) throw new Error("the bytes of a forest that was just trained can be read");
	return model;
}

const rowsOf = (values: Float32Array, columns: number): number[][] =>
	Array.from({ length: values.length / columns }, (_, row) => [
		...values.subarray(row * columns, (row + 1) * columns),
	]);

const odd = fc.oneof(
	fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 3.4e38, -3.4e38),
	fc.float(),
);
const oddRows = fc
	.array(odd, { minLength: 4, maxLength: 40 })
	.map((list) => Float32Array.from(list.slice(0, 2 * Math.floor(list.length / 2))));

describe("ml-isolation-forest", () => {
	it("gives the scores of the package itself", () => {
		const { values, columns } = exclusiveOr(1, 64);
		const asked = exclusiveOr(2, 30).values;
		const random = Math.random;
		Math.random = seededRandom(9);
		const theirs = new IsolationForest({ nEstimators: 20 });
		theirs.train(rowsOf(values, columns));
		Math.random = random;
		const ours = openOf(
			mlIsolationForest,
			growMlIsolationForest({ values, columns }, { seed: 9, trees: 20 }),
		);
		expect([...ours.predict(asked)]).toEqual(theirs.predict(rowsOf(asked, columns)));
	});

	it("leaves the common source of random numbers as it was", () => {
		const random = Math.random;
		growMlIsolationForest(exclusiveOr(1, 10), { seed: 1, trees: 2 });
		expect(Math.random).toBe(random);
	});

	it("finds what stands alone", () => {
		const { values, columns } = exclusiveOr(1, 100);
		const model = openOf(mlIsolationForest, growMlIsolationForest({ values, columns }, { seed: 1 }));
		const [usual = 1, alone = 0] = model.predict(Float32Array.of(0.5, 0.5, 0.5, 0.5, 9, 9, 9, 9));
		expect(alone).toBeGreaterThan(usual + 0.1);
	});
});

describe("ml-random-forest", () => {
	it("gives each class the share of the package's own trees", async () => {
		const { values, columns, labels } = exclusiveOr(1, 40);
		const asked = exclusiveOr(2, 20).values;
		const theirs = new RandomForestClassifier({
			nEstimators: 8,
			maxFeatures: 3,
			replacement: false,
			seed: 4,
			noOOB: true,
			useSampleBagging: true,
		});
		theirs.train(rowsOf(values, columns), [...labels]);
		const votes = theirs.predictionValues(rowsOf(asked, columns));
		const options = { seed: 4, trees: 8, splitColumns: 3 };
		const said = openOf(
			mlRandomForest,
			await mlRandomForest.train({ values, columns, labels }, options),
		).predict(asked);
		for (let row = 0; row < 20; row += 1)
			expect(said[2 * row + 1]).toBe(votes.getRow(row).filter((label) => label === 1).length / 8);
	});

	it("learns", async () => {
		const bytes = await mlRandomForest.train(exclusiveOr(1, 60, 2), { seed: 1, trees: 10 });
		const unseen = exclusiveOr(2, 60, 2);
		expect(accuracyOf(openOf(mlRandomForest, bytes).predict(unseen.values), unseen.labels)).toBeGreaterThan(
			0.7,
		);
	});
});

describe.each(forests.map((forest) => [forest.name, forest] as const))("the forest %s", (_name, forest) => {
	const labelled = (data: ForestData): ForestData =>
		forest.kind === "anomaly"
			? { values: data.values, columns: data.columns }
			: { ...data, labels: Uint8Array.from({ length: data.values.length / data.columns }, (_, i) => i % 2) };

	it("never says NaN or anything beyond 0 to 1, whatever it was trained on and is asked", async () => {
		await fc.assert(
			fc.asyncProperty(oddRows, oddRows, async (values, asked) => {
				const bytes = await forest.train(labelled({ values, columns: 2 }), { seed: 1, trees: 2 });
				const model = openOf(forest, bytes);
				const said = model.predict(asked);
				expect(said).toHaveLength((asked.length / 2) * model.outputs);
				expect(said.every((number) => number >= 0 && number <= 1)).toBe(true);
			}),
			{ numRuns: 15 },
		);
	});

	it("has the same bytes for the same seed", async () => {
		const data = labelled(exclusiveOr(1, 16));
		const train = () => forest.train(data, { seed: 3, trees: 3 });
		expect(await train()).toEqual(await train());
	});

	it("takes all rows for the same where they are", async () => {
		const values = new Float32Array(20).fill(7);
		const bytes = await forest.train(labelled({ values, columns: 2 }), { seed: 1, trees: 3 });
		const said = openOf(forest, bytes).predict(Float32Array.of(7, 7, 8, 8));
		expect(said.every(Number.isFinite)).toBe(true);
	});

	it("refuses bytes that are damaged, cut short, newer or of another engine", async () => {
		const data = exclusiveOr(1, 16);
		const bytes = await forest.train(labelled(data), { seed: 1, trees: 2 });
		for (const at of [0, 4, 8, 12, 24, bytes.length >> 1, bytes.length - 1]) {
			const damaged = bytes.slice();
			damaged[at] = (damaged[at] ?? 0) ^ 4;
			expect(forest.open(damaged)).toBeUndefined();
		}
		expect(forest.open(bytes.subarray(0, bytes.length - 4))).toBeUndefined();
		expect(forest.open(new Uint8Array())).toBeUndefined();
		expect(forests.filter((one) => one.open(bytes) !== undefined)).toEqual([forest]);
	});

	it("either refuses data without a row or has a defined answer", async () => {
		const empty = labelled({ values: new Float32Array(0), columns: 2 });
		const said = await forest.train(empty, { seed: 1, trees: 2 }).then(
			(bytes) => [...openOf(forest, bytes).predict(Float32Array.of(1, 2))],
			(error: unknown) => (error instanceof AppError ? "refused" : error),
		);
		expect([[0.5], "refused"]).toContainEqual(said);
	});

	it("refuses half a row and a number of trees that is none", async () => {
		const refused: [ForestData, number][] = [
			[labelled({ values: new Float32Array(7), columns: 2 }), 2],
			[labelled(exclusiveOr(1, 10)), 0],
			[labelled(exclusiveOr(1, 10)), Number.NaN],
		];
		for (const [data, trees] of refused)
			await expect(forest.train(data, { seed: 1, trees })).rejects.toThrow(AppError);
	});
});
