import { type Labels, labelsText } from "../../src/domain/time-series.ts";
import type { MetricsSource } from "../../src/ports/metrics-source.ts";
import { measureScoring, type ScaleFigures, type ScaleOptions } from "./measure-scoring.ts";
import { metricJson, syntheticValues } from "./synthetic-series.ts";

/** The engine alone: values come from this process, so that only bank, tracking and snapshots are measured. */
export function runEngine(options: ScaleOptions): Promise<ScaleFigures> {
	const names = Array.from({ length: options.series }, (_, index) =>
		labelsText(JSON.parse(metricJson(index)) as Labels),
	);
	const valueAt = syntheticValues(1);
	const metrics: MetricsSource = {
		kind: "prometheus",
		instant: async () => [],
		eachInstant: async (_query, atMs, visit) => {
			for (let index = 0; index < names.length; index += 1) visit(names[index] ?? "", valueAt(index, atMs));
		},
		range: async () => [],
		metadata: async () => [],
	};
	return measureScoring(metrics, options);
}
