import { AppError } from "../../domain/errors.ts";
import { labelsText, type Span } from "../../domain/time-series.ts";
import type { MetricsSource, QueryOptions } from "../../ports/metrics-source.ts";
import { openConnection, type PrometheusOptions } from "./connection.ts";
import { readAnswer } from "./read-answer.ts";
import { readMetadata, readResult } from "./read-result.ts";
import { refuseCostly } from "./refuse-costly.ts";
import { VectorScanner } from "./scan-vector.ts";
import { send } from "./send.ts";

const DEFAULT_TIMEOUT_MS = 10_000;
/** Prometheus' own bound on points a series. */
const MAX_POINTS = 11_000;

/**
 * PromQL answered by a Prometheus server, or whatever speaks its HTTP API (Mimir, Thanos, VictoriaMetrics). Every
 * call has a deadline, which Prometheus is told as well; no error holds a token or password. Throws `invalid` at once
 * for options that can't be used.
 */
export function prometheusMetrics(options: PrometheusOptions): MetricsSource {
	const connection = openConnection(options);

	const call = async (
		path: string,
		fields: Readonly<Record<string, string>> | undefined,
		{ timeoutMs = DEFAULT_TIMEOUT_MS, signal }: QueryOptions = {},
	): Promise<unknown> => {
		const form = fields && new URLSearchParams({ ...fields, timeout: `${timeoutMs}ms` });
		const response = await send(connection, { path, timeoutMs, signal, ...(form ? { form } : {}) });
		return readAnswer(response, connection);
	};

	return {
		kind: "prometheus",
		instant: async (query, atMs, queryOptions) => {
			refuseCostly(query);
			const data = await call("query", { query, time: seconds(atMs) }, queryOptions);
			return readResult(data, "vector").flatMap(({ labels, samples }) =>
				samples.map(({ t, v }) => ({ labels, t, v })),
			);
		},
		eachInstant: async (query, atMs, visit, { timeoutMs = DEFAULT_TIMEOUT_MS, signal } = {}) => {
			refuseCostly(query);
			const scanner = new VectorScanner(visit);
			const form = new URLSearchParams({ query, time: seconds(atMs), timeout: `${timeoutMs}ms` });
			const take = (piece: string) => scanner.take(piece);
			const response = await send(connection, { path: "query", form, timeoutMs, signal, take }).catch(
				(error: unknown) => {
					// What is no JSON ends the reading: told as any other answer that can't be read.
					if (error instanceof SyntaxError) return { status: 200, retryAfter: undefined, body: "" };
					throw error;
				},
			);
			const body = response.body === "" && response.status === 200 ? scanner.end() : response.body;
			const data = readAnswer({ ...response, body }, connection);
			// Elements were visited and left as numbers; a scalar is all in what is left.
			const [scalar] = isVector(data) ? [] : readResult(data, "vector");
			for (const { v } of scalar?.samples ?? []) visit(labelsText({}), v);
		},
		range: async (query, span, queryOptions) => {
			refuseCostly(query);
			checkSpan(span);
			const fields = {
				query,
				start: seconds(span.startMs),
				end: seconds(span.endMs),
				step: seconds(span.stepMs),
			};
			return readResult(await call("query_range", fields, queryOptions), "matrix");
		},
		metadata: async (queryOptions) =>
			readMetadata(await call("metadata?limit=10000&limit_per_metric=1", undefined, queryOptions)),
	};
}

function isVector(data: unknown): boolean {
	const { resultType, result } = (data ?? {}) as { resultType?: unknown; result?: unknown };
	return resultType === "vector" && Array.isArray(result);
}

/** Unix milliseconds as seconds, which is how the API writes instants and durations. */
function seconds(ms: number): string {
	return (ms / 1000).toFixed(3);
}

function checkSpan({ startMs, endMs, stepMs }: Span): void {
	const usable = [startMs, endMs, stepMs].every(Number.isFinite) && stepMs >= 1 && endMs >= startMs;
	if (!usable)
		throw new AppError(
			"invalid",
			"The query needs an end after its start and a step of at least one millisecond.",
		);
	const points = Math.floor((endMs - startMs) / stepMs) + 1;
	if (points > MAX_POINTS)
		throw new AppError(
			"limited",
			`The query asks for ${points} points a series, and ${MAX_POINTS} are the most; use a larger step.`,
		);
}
