import { AppError } from "../../src/domain/errors.ts";
import { type InstantSample, type Labels, labelsText, type Series } from "../../src/domain/time-series.ts";
import type { MetricsSource } from "../../src/ports/metrics-source.ts";

/** A series whose value is computed; undefined: there is no sample at that time. */
export type ComputedSeries = { readonly labels: Labels; readonly at: (t: number) => number | undefined };

const MOST_POINTS = 11_000;

/**
 * A source of metrics without samples: every query gives all series, computed at the instants asked for. It refuses
 * what real sources refuse: more than 11,000 points a series, and answers of more than `mostSamples`.
 */
export function computedMetrics(
	series: readonly ComputedSeries[],
	{ mostSamples = 500_000 } = {},
): MetricsSource & { readonly queries: number } {
	let queries = 0;
	const instant = async (_query: string, atMs: number): Promise<readonly InstantSample[]> =>
		series.flatMap(({ labels, at }) => {
			const v = at(atMs);
			return v === undefined ? [] : [{ labels, t: atMs, v }];
		});
	return {
		kind: "prometheus",
		get queries() {
			return queries;
		},
		instant,
		eachInstant: async (query, atMs, visit) => {
			for (const { labels, v } of await instant(query, atMs)) visit(labelsText(labels), v);
		},
		range: async (_query, { startMs, endMs, stepMs }) => {
			queries += 1;
			const points = Math.floor((endMs - startMs) / stepMs) + 1;
			if (points > MOST_POINTS || points * series.length > mostSamples)
				throw new AppError("limited", `The query asks for ${points * series.length} points; ask for fewer.`);
			return series.flatMap(({ labels, at }): Series[] => {
				const samples = Array.from({ length: points }, (_, index) => startMs + index * stepMs).flatMap(
					(t) => {
						const v = at(t);
						return v === undefined ? [] : [{ t, v }];
					},
				);
				return samples.length > 0 ? [{ labels, samples }] : [];
			});
		},
		metadata: async () => [],
	};
}
