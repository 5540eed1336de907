import * as fc from "fast-check";
import type { ForestModel, ForestOptions } from "../../../models/define-forest.ts";
import { randomForest, trainRandomForest } from "../../../models/random-forest/random-forest.ts";
import { AppError } from "../../../src/domain/errors.ts";
import { accuracyOf, exclusiveOr, type Labelled } from "./forest-data.ts";

function open(bytes: Uint8Array): ForestModel {
	const model = randomForest.open(bytes);
	if (model === undefined) throw new Error("the bytes of a forest that was just trained can be read");
	return model;
}

const train = (data: Labelled, options: ForestOptions = { seed: 1, trees: 30 }) =>
	open(trainRandomForest(data, options));

/** Numbers in pairs: each row has as many as there are columns, and every kind of odd number. */
const oddNumber = fc.oneof(
	fc.constantFrom(
		Number.NaN,
		Number.POSITIVE_INFINITY,
		Number.NEGATIVE_INFINITY,
		0,
		1,
		3.4e38,
		-3.4e38,
		1e-45,
	),
	fc.float(),
);
const oddData = fc
	.record({ columns: fc.integer({ min: 1, max: 4 }), rows: fc.integer({ min: 1, max: 40 }) })
	.chain(({ columns, rows }) =>
		fc.record({
			columns: fc.constant(columns),
			values: fc
				.array(oddNumber, { minLength: rows * columns, maxLength: rows * columns })
				.map((list) => Float32Array.from(list)),
			labels: fc
				.array(fc.integer({ min: 0, max: 3 }), { minLength: rows, maxLength: rows })
				.map((list) => Uint8Array.from(list)),
		}),
	);

function expectProbabilities(said: Float64Array, classes: number): void {
	for (let row = 0; row < said.length; row += classes) {
		const part = said.subarray(row, row + classes);
		expect(part.every((share) => share >= 0 && share <= 1)).toBe(true);
		expect(part.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
	}
}

describe("a random forest", () => {
	it("learns what no single column tells, and says which columns told it", () => {
		const model = train(exclusiveOr(1, 400));
		const unseen = exclusiveOr(2, 200);
		expect(accuracyOf(model.predict(unseen.values), unseen.labels)).toBeGreaterThan(0.9);
		const [first = 0, second = 0, third = 0, fourth = 0] = model.importances ?? [];
		expect(Math.min(first, second)).toBeGreaterThan(2 * Math.max(third, fourth));
		expect(first + second + third + fourth).toBeCloseTo(1, 9);
	});

	it("is no better than guessing where there is nothing to learn, and says so", () => {
		const data = exclusiveOr(3, 400);
		const labels = exclusiveOr(4, 400).labels;
		const said = train({ ...data, labels }).predict(exclusiveOr(5, 200).values);
		expect(said.every((share) => share > 0.2 && share < 0.8)).toBe(true);
	});

	it("gives the same bytes for the same seed and other bytes for another", () => {
		const data = exclusiveOr(1, 120);
		const bytes = trainRandomForest(data, { seed: 7, trees: 5 });
		expect(trainRandomForest(data, { seed: 7, trees: 5 })).toEqual(bytes);
		expect(trainRandomForest(data, { seed: 8, trees: 5 })).not.toEqual(bytes);
	});

	it("says the same of a row alone, in a batch and into an array that is given", () => {
		const model = train(exclusiveOr(1, 200));
		const { values } = exclusiveOr(2, 150);
		const batch = model.predict(values);
		const out = new Float64Array(2);
		for (let row = 0; row < 150; row += 1) {
			expect(model.predict(values.subarray(row * 4, row * 4 + 4), out)).toBe(out);
			expect([...out]).toEqual([...batch.subarray(row * 2, row * 2 + 2)]);
		}
	});

	it("learns that a number is missing", () => {
		const data = exclusiveOr(1, 300);
		const values = data.values.slice();
		for (let row = 0; row < 300; row += 1) if (data.labels[row] === 1) values[row * 4 + 3] = Number.NaN;
		const model = train({ ...data, values });
		const [, missing] = model.predict(Float32Array.of(0.2, 0.2, 0.5, Number.NaN));
		const [, there] = model.predict(Float32Array.of(0.2, 0.8, 0.5, 0.5));
		expect(missing).toBeGreaterThan(0.6);
		expect(there).toBeLessThan(0.4);
	});

	it("counts rare labels as much as others where asked to", () => {
		const data = exclusiveOr(1, 400, 2);
		const labels = data.labels.map((label, row) => (row % 12 === 0 ? label : 0));
		const plain = trainRandomForest({ ...data, labels }, { seed: 1, trees: 20 });
		const balanced = trainRandomForest({ ...data, labels }, { seed: 1, trees: 20, classWeights: "balanced" });
		const byHand = trainRandomForest({ ...data, labels }, { seed: 1, trees: 20, classWeights: [1, 5] });
		expect(balanced).not.toEqual(plain);
		expect(byHand).not.toEqual(plain);
	});

	it("has as many classes as it is told, also those that no row has", () => {
		const data = exclusiveOr(1, 60);
		const said = train(data, { seed: 1, trees: 10, classes: 5 }).predict(data.values);
		expect(said).toHaveLength(300);
		expectProbabilities(said, 5);
	});

	it("answers with probabilities whatever the numbers are", () => {
		fc.assert(
			fc.property(oddData, oddData, (data, asked) => {
				const model = train(data, { seed: 1, trees: 4 });
				const rows = Math.floor(asked.values.length / data.columns);
				const said = model.predict(asked.values.subarray(0, rows * data.columns));
				expect(said).toHaveLength(rows * model.outputs);
				expectProbabilities(said, model.outputs);
			}),
			{ numRuns: 25 },
		);
	});

	it("predicts one class where it has seen one", () => {
		const model = train({ values: Float32Array.of(1), columns: 1, labels: Uint8Array.of(0) });
		expect([...model.predict(Float32Array.of(5, Number.NaN))]).toEqual([1, 1]);
	});

	const data = exclusiveOr(1, 10);
	const wrong: [string, Labelled, ForestOptions][] = [
		["no row", { ...data, values: new Float32Array(), labels: new Uint8Array() }, { seed: 1 }],
		["a row that is not whole", { ...data, values: data.values.subarray(1) }, { seed: 1 }],
		["too few labels", { ...data, labels: data.labels.subarray(1) }, { seed: 1 }],
		["no columns", { ...data, columns: 0 }, { seed: 1 }],
		["half a column", { ...data, columns: 0.5 }, { seed: 1 }],
		["no trees", data, { seed: 1, trees: 0 }],
		["a million trees", data, { seed: 1, trees: 1e6 }],
		["more columns per split than there are", data, { seed: 1, splitColumns: 5 }],
		["a depth that is no number", data, { seed: 1, depth: Number.NaN }],
		["a label beyond the classes", data, { seed: 1, classes: 1 }],
		["a weight of nothing", data, { seed: 1, classWeights: [1, 0] }],
		["one weight for two classes", data, { seed: 1, classWeights: [1] }],
	];
	it.each(wrong)("refuses %s with a clear error", (_name, given, options) => {
		expect(() => trainRandomForest(given, options)).toThrow(AppError);
	});

	it("refuses to predict half a row, or into too small an array", () => {
		const model = train(exclusiveOr(1, 20));
		expect(() => model.predict(new Float32Array(5))).toThrow(AppError);
		expect(() => model.predict(new Float32Array(8), new Float64Array(3))).toThrow(AppError);
	});
});
