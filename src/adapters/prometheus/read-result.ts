import { AppError } from "../../domain/errors.ts";
import type { Labels, Sample } from "../../domain/time-series.ts";
import type { MetricMetadata } from "../../ports/metrics-source.ts";

/** One series of a result with its samples. */
export type ResultSeries = { readonly labels: Labels; readonly samples: readonly Sample[] };

type RawPair = readonly [number, string];
type RawSeries = { readonly metric?: Labels; readonly value?: RawPair; readonly values?: readonly RawPair[] };
type RawResult = { readonly resultType?: unknown; readonly result?: unknown };

/** The series of an instant (`vector`) or range (`matrix`) result; a scalar becomes one series without labels. */
export function readResult(data: unknown, expected: "vector" | "matrix"): readonly ResultSeries[] {
	const { resultType, result } = (data ?? {}) as RawResult;
	if (resultType === "scalar") return [{ labels: {}, samples: [readPair(result as RawPair)] }];
	if (resultType === expected && Array.isArray(result))
		return (result as readonly RawSeries[]).map(readSeries);
	if (resultType === "matrix" || resultType === "string")
		throw new AppError(
			"invalid",
			"The query can't be used: only a scalar or an instant vector can be answered.",
		);
	throw unreadable();
}

function readSeries({ metric, value, values }: RawSeries): ResultSeries {
	const pairs = values ?? (value ? [value] : []);
	return { labels: metric ?? {}, samples: pairs.map(readPair) };
}

function readPair(pair: RawPair): Sample {
	const [seconds, text] = pair;
	return { t: Math.round(seconds * 1000), v: readValue(text) };
}

/** A sample value as Prometheus writes it. */
export function readValue(text: string): number {
	if (text === "+Inf") return Number.POSITIVE_INFINITY;
	if (text === "-Inf") return Number.NEGATIVE_INFINITY;
	return Number(text);
}

const TYPES: readonly MetricMetadata["type"][] = ["counter", "gauge", "histogram", "summary"];
const MAX_METRICS = 10_000;

/** The metadata answer, one entry a name, sorted; of several descriptions of a name the first counts. */
export function readMetadata(data: unknown): readonly MetricMetadata[] {
	if (typeof data !== "object" || data === null) throw unreadable();
	const names = Object.entries(data as Readonly<Record<string, readonly { type?: string; help?: string }[]>>);
	const metrics = names.map(([name, [first]]) => ({
		name,
		help: first?.help ?? "",
		type: TYPES.find((type) => type === first?.type) ?? ("unknown" as const),
	}));
	return metrics.toSorted((a, b) => (a.name < b.name ? -1 : 1)).slice(0, MAX_METRICS);
}

function unreadable(): AppError {
	return new AppError("unavailable", "Prometheus gave an answer of an unknown form; check PROMETHEUS_URL.");
}
