import type { Detector } from "./define-detector.ts";
import { robustBand } from "./robust-band.ts";

/** Every detector that a watch can name. */
export const detectors: readonly Detector[] = [robustBand];

/** The detector of a watch that names none. */
export const defaultDetector: Detector = robustBand;
