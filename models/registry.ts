import type { BankDetector } from "./define-bank.ts";
import { robustBand } from "./robust-band.ts";
import { stream } from "./stream/stream.ts";

/** Every detector that a watch can name. */
export const detectors: readonly BankDetector[] = [robustBand, stream];

/** The detector of a watch that names none. */
export const defaultDetector: BankDetector = robustBand;

/** The detector of that name; undefined where there is none. Without a name the default. */
export function detectorNamed(name: string | undefined): BankDetector | undefined {
	return name === undefined ? defaultDetector : detectors.find((detector) => detector.name === name);
}
