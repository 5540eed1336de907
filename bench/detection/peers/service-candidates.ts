import type { BankDetector } from "../../../models/define-bank.ts";
import { isolationForest } from "../../../models/isolation-forest/forest-engine.ts";
import { mlIsolationForest } from "../../../models/named/ml-isolation-forest.ts";
import type { Candidate } from "../candidate.ts";
import { averaged, type ServiceCandidate } from "../evaluate/services.ts";
import { candidateOf } from "../run.ts";
import { isolationForestRaw } from "./isolation-forest-raw.ts";

/**
 * The share of alarming metrics from which on a service counts as abnormal. Each is the one with the best event-F1 on
 * the public services of both sets, so on those such a row is flattered.
 */
const SHARES: Readonly<Record<string, number>> = {
	stream: 0.01,
	"robust-band": 0.022,
	"z-score": 0.067,
	"Netdata (like)": 0.021,
	"Grafana adaptive (like)": 0.02,
	"seasonal median + MAD": 0.123,
};
const USUAL_SHARE = 0.05;

/** Who scores services: ours, the first being the one that counts, and peers. */
export function serviceCandidates(
	detector: BankDetector,
	peers: readonly Candidate[],
): {
	readonly ours: readonly ServiceCandidate[];
	readonly peers: readonly ServiceCandidate[];
	readonly notes: readonly string[];
} {
	const byMetrics = (candidate: Candidate) => averaged(candidate, SHARES[candidate.name] ?? USUAL_SHARE);
	const forests = peers.length === 0 ? [] : [mlIsolationForest, isolationForest];
	return {
		ours: [byMetrics(candidateOf(detector))],
		peers: [...peers.filter((peer) => peer.slow !== true).map(byMetrics), ...forests.map(isolationForestRaw)],
		notes: [
			"share of metrics: those that alarm, averaged over about an hour, by a share that is frozen for each detector.",
			"The detector of whole targets is not there: models/target/ is missing.",
		],
	};
}
