import type { BankDetector } from "../../../models/define-bank.ts";
import type { TargetDetector } from "../../../models/define-target-detector.ts";
import { isolationForest } from "../../../models/isolation-forest/forest-engine.ts";
import { trainAtOnce } from "../../../models/isolation-forest-18/isolation-forest-18.ts";
import { mlIsolationForest } from "../../../models/named/ml-isolation-forest.ts";
import { targetDetector } from "../../../models/target/target-detector.ts";
import type { Candidate } from "../candidate.ts";
import { averaged, type ServiceCandidate } from "../evaluate/services.ts";
import { candidateOf } from "../run.ts";
import { runBank } from "../run-bank.ts";
import { runTarget } from "../run-target.ts";
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
): { readonly ours: readonly ServiceCandidate[]; readonly peers: readonly ServiceCandidate[] } {
	const byMetrics = (candidate: Candidate) => averaged(candidate, SHARES[candidate.name] ?? USUAL_SHARE);
	const single = rememberScores(detector);
	const whole = (name: string, target: TargetDetector): ServiceCandidate => ({
		name,
		source: "ours, of models/; 1 is its frozen threshold",
		score: (service) =>
			runTarget(
				target,
				service.metrics.map((values) => single(service.timesMs, values)),
				service,
			),
	});
	const own = {
		...candidateOf(detector),
		score: ({ timesMs, values }: { timesMs: Float64Array; values: Float64Array }) => single(timesMs, values),
	};
	const ours = [whole("target", targetDetector(trainAtOnce)), byMetrics(own)];
	if (peers.length === 0) return { ours, peers: [] };
	return {
		ours,
		peers: [
			whole("target, without its forest", targetDetector()),
			...peers.filter((peer) => peer.slow !== true).map(byMetrics),
			...[mlIsolationForest, isolationForest].map(isolationForestRaw),
		],
	};
}

/** The scores of single metrics, made once: several candidates stand on them. */
function rememberScores(
	detector: BankDetector,
): (timesMs: Float64Array, values: Float64Array) => Float32Array {
	const known = new WeakMap<Float64Array, Float32Array>();
	return (timesMs, values) => {
		const scores = known.get(values) ?? runBank(detector, timesMs, values);
		known.set(values, scores);
		return scores;
	};
}
