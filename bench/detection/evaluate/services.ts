import type { Candidate, Scores } from "../candidate.ts";
import type { LabelledService } from "../corpus/labelled-series.ts";
import type { EventRun } from "../score/event-f1.ts";
import { type EventResult, evaluateEvents } from "./events.ts";

/** What was said of each point of a service. */
export type ServiceScores = {
	readonly scores: Scores;
	/** 1 where people are told of the point; where it is left out, from a score of 1 on. */
	readonly outside?: Uint8Array;
};

/** Something that scores a whole service. */
export type ServiceCandidate = {
	readonly name: string;
	readonly source: string;
	score(service: LabelledService): ServiceScores | Promise<ServiceScores>;
};

/** How much the newest point weighs: alarms count for about an hour. */
const NEWEST = 1 / 12;

/**
 * A detector of single series over all metrics of a service: the share of metrics that alarm, averaged over about an
 * hour (what Netdata calls the anomaly rate of a node), by the `share` at which a service counts as abnormal.
 */
export function averaged(candidate: Candidate, share: number): ServiceCandidate {
	return {
		name: `${candidate.name}, share of metrics`,
		source: candidate.source,
		score: async ({ name, timesMs, metrics, metricNames }) => {
			const alarms = new Float32Array(timesMs.length);
			for (const [k, values] of metrics.entries()) {
				const scores = await candidate.score({ name: `${name}/${metricNames[k]}`, timesMs, values });
				for (const [i, score] of (scores ?? []).entries()) alarms[i] = (alarms[i] ?? 0) + Number(score >= 1);
			}
			let rate = 0;
			const scores = alarms.map((count) => {
				rate += NEWEST * (count / metrics.length - rate);
				return rate / share;
			});
			return { scores };
		},
	};
}

/** What a candidate reaches on the labelled part of these services, from scores in their order. */
export function evaluateServices(
	services: readonly LabelledService[],
	said: readonly ServiceScores[],
): EventResult {
	return evaluateEvents(
		services.map((service, k): EventRun => {
			const step = ((service.timesMs[1] ?? 0) - (service.timesMs[0] ?? 0)) / 1000;
			return {
				scores: said[k]?.scores ?? new Float32Array(service.timesMs.length),
				labels: service.labels,
				from: service.trainPoints,
				stepSeconds: step,
			};
		}),
		said.map(({ outside }) => outside && Float32Array.from(outside)),
	);
}
