import type { BankDetector } from "./define-bank.ts";
import type { TrainForest } from "./isolation-forest-18/forest-detector.ts";
import { isolationForest18, trainAtOnce } from "./isolation-forest-18/isolation-forest-18.ts";
import { mlIsolationForestDetector } from "./named/ml-isolation-forest.ts";
import { robustBand } from "./robust-band.ts";
import { stream } from "./stream/stream.ts";
import { targetBanks } from "./target/target-banks.ts";

/** How the forest of an engine is trained. */
export type TrainerOf = (engine: string) => TrainForest;

/** The detector of a name, undefined where there is none; without a name the default. */
export type DetectorNamed = (name?: string) => BankDetector | undefined;

/** The detector of a watch that names none. */
export const defaultDetector: BankDetector = stream;

/** Every detector of single series; some have their forests trained by `trainerOf`. */
export function detectorsWith(trainerOf: TrainerOf): readonly BankDetector[] {
	return [
		stream,
		robustBand,
		isolationForest18(trainerOf("isolation-forest")),
		mlIsolationForestDetector(trainerOf("ml-isolation-forest")),
	];
}

/** Those detectors, and the one of whole targets, by their names. */
export function namedDetectors(trainerOf: TrainerOf): DetectorNamed {
	const detectors = [...detectorsWith(trainerOf), targetBanks];
	return (name = defaultDetector.name) => detectors.find((detector) => detector.name === name);
}

/** Their names, as a configuration may have them. */
export const detectorNames: readonly string[] = [...detectorsWith(() => trainAtOnce), targetBanks].map(
	({ name }) => name,
);
