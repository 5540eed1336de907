import type { TrainForest } from "./isolation-forest-18/forest-keeper.ts";

/** Trainings that whoever plays values to detectors waits for, so that chance has no say in which forest judges. */
export type StepTraining = {
	/** As `trainerOf` trains, with an eye on what is under way. */
	readonly trainerOf: (engine: string) => TrainForest;
	/** Resolves once nothing is under way, and never rejects; undefined where nothing is. To be asked after each value. */
	settled(): Promise<void> | undefined;
	/** Trainings that failed so far: what is judged after one depends on why. */
	readonly failed: number;
};

/** Training in step with a replay, wherever `trainerOf` does it. */
export function trainInStep(trainerOf: StepTraining["trainerOf"]): StepTraining {
	let underWay = 0;
	let failed = 0;
	let calm: PromiseWithResolvers<void> | undefined;

	const ended = () => {
		underWay -= 1;
		if (underWay > 0) return;
		calm?.resolve();
		calm = undefined;
	};
	return {
		trainerOf: (engine) => {
			const train = trainerOf(engine);
			return (data, options, done) => {
				underWay += 1;
				train(data, options, (bytes) => {
					if (bytes === undefined) failed += 1;
					try {
						done(bytes);
					} finally {
						ended();
					}
				});
			};
		},
		settled() {
			if (underWay === 0) return undefined;
			calm ??= Promise.withResolvers<void>();
			return calm.promise;
		},
		get failed() {
			return failed;
		},
	};
}
