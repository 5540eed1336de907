import { setImmediate as nextTurn } from "node:timers/promises";
import type { TrainForest } from "../../models/isolation-forest-18/forest-detector.ts";
import { trainAtOnce } from "../../models/isolation-forest-18/isolation-forest-18.ts";
import { namedDetectors, type TrainerOf } from "../../models/registry.ts";
import { trainInStep } from "../../models/train-in-step.ts";
import { openModelTrainer } from "../../src/adapters/model-worker/open-model-trainer.ts";
import { trainInWorker } from "../../src/adapters/model-worker/train-in-worker.ts";
import { BRISK } from "../../src/use-cases/backtest-plan.ts";
import { backtestWatch } from "../../src/use-cases/backtest-watch.ts";
import { computedMetrics } from "../fakes/computed-metrics.ts";
import { exampleWatch } from "../fakes/example-watch.ts";
import { recordingLogger } from "../fakes/recording-logger.ts";

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const END = Date.UTC(2026, 10, 20, 3);
const trainer = openModelTrainer();
const inWorker: TrainerOf = (engine) => trainInWorker(trainer, engine, recordingLogger());

afterAll(() => trainer.close());

/** When it is far off, for ten minutes each. */
const SPIKES = [END - 15 * 60 * MINUTE, END - 6 * 60 * MINUTE];

/** A daily wave with something that looks like noise. */
function busy(t: number): number {
	const minute = t / MINUTE;
	const usual = 100 + 20 * Math.sin((2 * Math.PI * t) / DAY) + 6 * Math.sin(minute * minute);
	return SPIKES.some((at) => t >= at && t < at + 10 * MINUTE) ? usual + 300 : usual;
}

function replay(trainerOf: TrainerOf, detector = "isolation-forest-18") {
	const training = trainInStep(trainerOf);
	const watch = exampleWatch({ intervalSeconds: 60, target: { label: "job" }, minimumChange: 0, detector });
	const deps = {
		metrics: computedMetrics([{ labels: { job: "checkout" }, at: busy }]),
		clock: { now: () => Date.now() },
		detector: namedDetectors(training.trainerOf),
		training,
		pause: () => nextTurn(),
	};
	return backtestWatch(deps, { watch, days: 3, endMs: END, timeZone: "UTC", budget: BRISK });
}

describe("a replay by a forest", () => {
	it("gives the same findings each time, and those of a forest that is trained at once", async () => {
		const expected = await replay(() => trainAtOnce);
		expect(expected.outcomes.high.count).toBeGreaterThan(0);
		expect(await replay(inWorker)).toEqual(expected);
		expect(await replay(inWorker)).toEqual(expected);
	});

	it("gives the same findings each time by the package, with the event loop free meanwhile", async () => {
		let turns = 0;
		const turning = setInterval(() => {
			turns += 1;
		}, 5);
		const first = await replay(inWorker, "ml-isolation-forest");
		clearInterval(turning);
		expect(turns).toBeGreaterThan(3);
		expect(first.wasReady).toBe(true);
		expect(await replay(inWorker, "ml-isolation-forest")).toEqual(first);
	});

	it("ends where a training fails, rather than with other findings", async () => {
		let asked = 0;
		const failing: TrainForest = (data, options, done) => {
			asked += 1;
			if (asked > 4) setImmediate(done, undefined);
			else trainAtOnce(data, options, done);
		};
		await expect(replay(() => failing)).rejects.toMatchObject({ code: "unavailable" });
		expect(asked).toBe(6);
	});
});
