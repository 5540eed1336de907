import type { BankDetector } from "../../models/define-bank.ts";
import { isolationForest18, trainAtOnce } from "../../models/isolation-forest-18/isolation-forest-18.ts";
import { growMlIsolationForest, mlIsolationForestDetector } from "../../models/named/ml-isolation-forest.ts";
import { detectorsWith } from "../../models/registry.ts";
import { stream } from "../../models/stream/stream.ts";

/** The forests walk all their trees for each point. Here they train where they are asked, so that runs are the same. */
const forests: readonly BankDetector[] = [
	isolationForest18(trainAtOnce),
	mlIsolationForestDetector((data, options, done) => done(growMlIsolationForest(data, options))),
];

const first = [stream, ...forests];

/** Every detector that can be benched; the first is the one that is benched if none is named. */
export const knownDetectors: readonly BankDetector[] = [
	...first,
	...detectorsWith(() => trainAtOnce).filter((one) => first.every(({ name }) => name !== one.name)),
];

/** Whether it is left out where there are millions of points, unless it is the one that is benched. */
export function isSlow(detector: BankDetector): boolean {
	return forests.includes(detector);
}
