import type { Forest } from "./define-forest.ts";
import { isolationForest } from "./isolation-forest/forest-engine.ts";
import { mlIsolationForest } from "./named/ml-isolation-forest.ts";
import { mlRandomForest } from "./named/ml-random-forest.ts";
import { randomForest } from "./random-forest/random-forest.ts";

/** Every forest that can be trained. Detectors and triage name the ones they stand on. */
export const forests: readonly Forest[] = [isolationForest, randomForest, mlIsolationForest, mlRandomForest];

/** The forest of that name; undefined where there is none. */
export function forestNamed(name: string): Forest | undefined {
	return forests.find((forest) => forest.name === name);
}
