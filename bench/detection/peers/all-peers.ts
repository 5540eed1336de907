import type { BankDetector } from "../../../models/define-bank.ts";
import { mlIsolationForest } from "../../../models/named/ml-isolation-forest.ts";
import type { Candidate } from "../candidate.ts";
import { knownDetectors } from "../known-detectors.ts";
import { candidateOf } from "../run.ts";
import { alwaysOn, random } from "./baselines.ts";
import { grafanaAdaptive } from "./grafana-adaptive.ts";
import { isolationForest18 } from "./isolation-forest-18.ts";
import { netdata } from "./netdata.ts";
import { seasonalMedian } from "./seasonal-median.ts";
import { zScore } from "./z-score.ts";

/** Who stands beside the detector: our other detectors, and peers. */
export function allPeers(detector: BankDetector): readonly Candidate[] {
	return [
		...knownDetectors.filter((one) => one !== detector).map(candidateOf),
		random,
		alwaysOn,
		zScore,
		netdata,
		grafanaAdaptive,
		seasonalMedian,
		isolationForest18(mlIsolationForest),
	];
}
