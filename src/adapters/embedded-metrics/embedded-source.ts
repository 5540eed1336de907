import { AppError } from "../../domain/errors.ts";
import {
	type InstantSample,
	labelsText,
	type Sample,
	type Series,
	type Span,
} from "../../domain/time-series.ts";
import type { Clock } from "../../ports/clock.ts";
import type { MetricMetadata, MetricsSource, QueryOptions } from "../../ports/metrics-source.ts";
import type { Expression } from "./promql/ast.ts";
import { queryBudget } from "./promql/budget.ts";
import { evaluate } from "./promql/evaluate.ts";
import { typeName, typeOf } from "./promql/function-signatures.ts";
import { labelKey } from "./promql/label-sets.ts";
import { MAX_POINTS_PER_SERIES, MAX_SAMPLES_PER_ANSWER } from "./promql/limits.ts";
import { parseQuery } from "./promql/parse-query.ts";
import { invalidQuery, tooMuch } from "./promql/query-error.ts";
import type { SampleReader } from "./promql/sample-reader.ts";
import type { StepGrid, StepSeries, StepValue } from "./promql/step-vector.ts";

/** What the source reads from: the store. */
export type EmbeddedStore = SampleReader & { readonly metadata: () => readonly MetricMetadata[] };

const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * PromQL over the store in memory, for the built-in list of functions, with the semantics of Prometheus 3. Elements
 * of an instant answer keep the order of topk and bottomk; series of a range answer are sorted by their labels.
 */
export function embeddedMetrics(store: EmbeddedStore, clock: Clock): MetricsSource {
	const run = (query: string, grid: StepGrid, options: QueryOptions | undefined): StepValue => {
		if (options?.signal?.aborted) throw new AppError("unavailable", "The query was cancelled.");
		const expression = parseQuery(query);
		refuseResultType(expression);
		const deadlineMs = clock.now() + (options?.timeoutMs ?? DEFAULT_TIMEOUT_MS);
		return evaluate(expression, {
			reader: store,
			grid,
			budget: queryBudget(clock, deadlineMs, options?.signal),
		});
	};
	return {
		kind: "embedded",
		instant: async (query, atMs, options) => {
			const grid = { startMs: Math.trunc(atMs), stepMs: 1, count: 1 };
			return instantAnswer(run(query, grid, options), grid.startMs);
		},
		eachInstant: async (query, atMs, visit, options) => {
			const grid = { startMs: Math.trunc(atMs), stepMs: 1, count: 1 };
			for (const { labels, values } of seriesOf(run(query, grid, options)))
				visit(labelsText(labels), values[0] ?? 0);
		},
		range: async (query, span, options) => {
			const grid = gridOf(span);
			return rangeAnswer(run(query, grid, options), grid);
		},
		metadata: async () => store.metadata(),
	};
}

function refuseResultType(expression: Expression): void {
	const type = typeOf(expression);
	if (type === "matrix" || type === "string")
		throw invalidQuery(`it gives ${typeName(type)}, and only a scalar or an instant vector can be answered`);
}

function gridOf({ startMs, endMs, stepMs }: Span): StepGrid {
	const values = [startMs, endMs, stepMs];
	if (!values.every(Number.isFinite) || Math.trunc(stepMs) < 1 || endMs < startMs)
		throw invalidQuery("its range needs an end after its start and a step of at least one millisecond");
	const start = Math.trunc(startMs);
	const step = Math.trunc(stepMs);
	const count = Math.floor((Math.trunc(endMs) - start) / step) + 1;
	if (count > MAX_POINTS_PER_SERIES)
		throw tooMuch(`${count} points a series, and ${MAX_POINTS_PER_SERIES} are the most`);
	return { startMs: start, stepMs: step, count };
}

function seriesOf(value: StepValue): readonly StepSeries[] {
	if (value.kind === "vector") return value.series;
	if (value.kind === "string") return [];
	return [{ labels: {}, values: value.values, present: new Uint8Array(value.values.length).fill(1) }];
}

function instantAnswer(value: StepValue, t: number): readonly InstantSample[] {
	return seriesOf(value).map(({ labels, values }) => ({ labels, t, v: values[0] ?? 0 }));
}

function rangeAnswer(value: StepValue, grid: StepGrid): readonly Series[] {
	const series = seriesOf(value);
	if (series.length * grid.count > MAX_SAMPLES_PER_ANSWER)
		throw tooMuch(`${series.length} series at ${grid.count} steps`);
	return series
		.map((one) => ({ key: labelKey(one.labels), labels: one.labels, samples: samplesOf(one, grid) }))
		.toSorted((a, b) => (a.key < b.key ? -1 : 1))
		.map(({ labels, samples }) => ({ labels, samples }));
}

function samplesOf({ values, present }: StepSeries, { startMs, stepMs, count }: StepGrid): readonly Sample[] {
	const samples: Sample[] = [];
	for (let step = 0; step < count; step += 1)
		if (present[step] === 1) samples.push({ t: startMs + step * stepMs, v: values[step] ?? 0 });
	return samples;
}
