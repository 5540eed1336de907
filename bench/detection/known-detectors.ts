import type { BankDetector } from "../../models/define-bank.ts";
import { detectors } from "../../models/registry.ts";
import { stream } from "../../models/stream/stream.ts";

/** Every detector that can be benched; the first is the one that is benched if none is named. */
export const knownDetectors: readonly BankDetector[] = [
	stream,
	...detectors.filter((one) => one.name !== stream.name),
];
