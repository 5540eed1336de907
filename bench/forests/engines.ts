import { IsolationForest } from "ml-isolation-forest";
import { RandomForestClassifier } from "ml-random-forest";
import type { Forest } from "../../models/define-forest.ts";
import { isolationForest } from "../../models/isolation-forest/forest-engine.ts";
import { randomForest } from "../../models/random-forest/random-forest.ts";
import type { Labelled } from "./seeded-data.ts";

/** What is measured of an engine: to train, and to score rows; the score of a class is that of label 1. */
export type Engine = {
	train(data: Labelled, columns: number, trees: number, seed: number): Promise<Scorer>;
};

type Scorer = {
	/** Takes the rows as the engine wants them, which is not measured. */
	prepare(values: Float32Array): unknown;
	score(prepared: unknown): readonly number[];
	/** Bytes of the saved model, where it can be saved. */
	readonly savedBytes: number | undefined;
};

function ours(forest: Forest, sample?: number): Engine {
	return {
		async train({ values, labels }, columns, trees, seed) {
			const data = forest.kind === "classifier" ? { values, columns, labels } : { values, columns };
			const bytes = await forest.train(data, { seed, trees, sample });
			const model = forest.open(bytes);
			if (model === undefined) throw new Error("A forest that was just trained can be read.");
			return {
				savedBytes: bytes.length,
				prepare: (rows) => rows,
				score(rows) {
					const said = model.predict(rows as Float32Array);
					return model.outputs === 1 ? [...said] : [...said].filter((_, i) => i % model.outputs === 1);
				},
			};
		},
	};
}

function rowsOf(values: Float32Array, columns: number): number[][] {
	const rows: number[][] = [];
	for (let at = 0; at < values.length; at += columns) rows.push([...values.subarray(at, at + columns)]);
	return rows;
}

/** The packages as their documentation has them: no guards, no flat arrays. */
export const engines: Readonly<Record<string, Engine>> = {
	"isolation-forest": ours(isolationForest),
	"isolation-forest, 256 rows": ours(isolationForest, 256),
	"random-forest": ours(randomForest),
	"ml-isolation-forest": {
		async train({ values }, columns, trees) {
			const forest = new IsolationForest({ nEstimators: trees });
			forest.train(rowsOf(values, columns));
			return {
				savedBytes: undefined,
				prepare: (rows) => rowsOf(rows, columns),
				score: (rows) => forest.predict(rows as number[][]),
			};
		},
	},
	"ml-random-forest": {
		async train({ values, labels }, columns, trees, seed) {
			const forest = new RandomForestClassifier({
				nEstimators: trees,
				maxFeatures: columns,
				replacement: false,
				useSampleBagging: true,
				noOOB: true,
				seed,
			});
			forest.train(rowsOf(values, columns), [...labels]);
			return {
				savedBytes: JSON.stringify(forest.toJSON()).length,
				prepare: (rows) => rowsOf(rows, columns),
				score(rows) {
					const votes = forest.predictionValues(rows as number[][]);
					return (rows as number[][]).map(
						(_, row) => votes.getRow(row).reduce((sum, vote) => sum + vote, 0) / trees,
					);
				},
			};
		},
	},
};
