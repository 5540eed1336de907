import type { Candidate, Scores } from "../candidate.ts";
import type { LabelledService } from "../corpus/labelled-series.ts";
import type { EventRun } from "../score/event-f1.ts";
import { type EventResult, evaluateEvents } from "./events.ts";

/** Something that scores a whole service; 1 is its alarm. */
export type ServiceCandidate = {
	readonly name: string;
	readonly source: string;
	score(service: LabelledService): Scores | Promise<Scores>;
};

/** No metric counts as more than so many alarms, or one that runs away would speak for all. */
const CAP = 3;

/**
 * A detector of single series over all metrics of a service: the mean of its scores, each at most 3, over the share at
 * which a service counts as abnormal. The same for every detector but for that share.
 */
export function averaged(candidate: Candidate, share: number): ServiceCandidate {
	return {
		name: `${candidate.name}, mean of metrics`,
		source: candidate.source,
		score: async ({ name, timesMs, metrics, metricNames }) => {
			const mean = new Float32Array(timesMs.length);
			for (const [k, values] of metrics.entries()) {
				const scores = await candidate.score({ name: `${name}/${metricNames[k]}`, timesMs, values });
				for (const [i, score] of (scores ?? []).entries()) {
					mean[i] = (mean[i] ?? 0) + Math.min(score, CAP) / (metrics.length * share);
				}
			}
			return mean;
		},
	};
}

/** What a candidate reaches on the labelled part of these services, from scores in their order. */
export function evaluateServices(
	services: readonly LabelledService[],
	scores: readonly Scores[],
): EventResult {
	return evaluateEvents(
		services.map((service, k): EventRun => {
			const step = ((service.timesMs[1] ?? 0) - (service.timesMs[0] ?? 0)) / 1000;
			return {
				scores: scores[k] ?? new Float32Array(service.timesMs.length),
				labels: service.labels,
				from: service.trainPoints,
				stepSeconds: step,
			};
		}),
	);
}
