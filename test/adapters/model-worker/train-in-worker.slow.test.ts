import { isolationForest18 } from "../../../models/isolation-forest-18/isolation-forest-18.ts";
import { mlIsolationForestDetector } from "../../../models/named/ml-isolation-forest.ts";
import { seededRandom } from "../../../models/random.ts";
import { openModelTrainer } from "../../../src/adapters/model-worker/open-model-trainer.ts";
import { trainInWorker } from "../../../src/adapters/model-worker/train-in-worker.ts";
import { recordingLogger } from "../../fakes/recording-logger.ts";
import { exclusiveOr } from "../../models/random-forest/forest-data.ts";
import { until } from "../../support/until.ts";

const options = { stepSeconds: 60, direction: "both", minimumChange: 0, sensitivity: "normal" } as const;
const trainer = openModelTrainer();

afterAll(() => trainer.close());

describe("training in the worker", () => {
	const detectors = [
		["isolation-forest", isolationForest18],
		["ml-isolation-forest", mlIsolationForestDetector],
	] as const;
	it.each(detectors)("makes a detector on %s ready while values keep coming", async (engine, detectorOf) => {
		const logger = recordingLogger();
		const bank = detectorOf(trainInWorker(trainer, engine, logger)).open(options);
		const slots = [bank.add(), bank.add(), bank.add(), bank.add()];
		const random = seededRandom(1);
		let atMs = 0;
		const pushAll = () => {
			atMs += 60_000;
			for (const slot of slots) bank.push(slot, 10 + random(), atMs);
		};
		for (let i = 0; i < 140; i += 1) pushAll();
		expect(bank.judgement(0).ready).toBe(false);
		await until(() => {
			pushAll();
			return bank.judgement(0).ready;
		}, 30_000);
		expect(bank.push(0, 60, atMs + 60_000)).toBeGreaterThan(1);
		expect(logger.records).toEqual([]);
	});

	it("hands on that a training failed, and logs why without the data", async () => {
		const logger = recordingLogger();
		const { values, columns } = exclusiveOr(1, 20);
		const result = Promise.withResolvers<Uint8Array | undefined>();
		trainInWorker(trainer, "oracle", logger)({ values, columns }, { seed: 1 }, result.resolve);
		expect(await result.promise).toBeUndefined();
		expect(logger.records).toHaveLength(1);
		expect(logger.records[0]).toMatchObject({ level: "warn", fields: { engine: "oracle" } });
	});
});
