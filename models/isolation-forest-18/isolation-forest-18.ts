import type { BankDetector } from "../define-bank.ts";
import { growIsolationForest, openIsolationForest } from "../isolation-forest/forest-engine.ts";
import { forestDetector } from "./forest-detector.ts";
import type { TrainForest } from "./forest-keeper.ts";

/** Rows of a tree: on public data trees of 256 rows find clearly less. */
const SAMPLE = 1024;

/**
 * An Isolation Forest (Liu, Ting, Zhou 2008) on 18 rolling features of each point, which `writeFeatures` lists. `train`
 * does the training, in a thread of its own or, as `trainAtOnce` does, where it is asked. State: 640 bytes a series,
 * and a bank's forest with 2,048 rows, under 2.2 MB. A baseline: on public data the other detectors find more.
 */
export function isolationForest18(train: TrainForest): BankDetector {
	return forestDetector({
		name: "isolation-forest-18",
		version: 2,
		open: openIsolationForest,
		train,
		sample: SAMPLE,
	});
}

/** Trains in the thread that asks, a few milliseconds; for benchmarks and tests. */
export const trainAtOnce: TrainForest = (data, options, done) => done(growIsolationForest(data, options));
