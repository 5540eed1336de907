import type { InstantSample, Series, Span } from "../domain/time-series.ts";

/** What a metric is, as its exporter describes it. */
export type MetricMetadata = {
	readonly name: string;
	readonly help: string;
	readonly type: "counter" | "gauge" | "histogram" | "summary" | "unknown";
};

/** Limits of one query. `timeoutMs` defaults to 10,000; the source stops working on it after that. */
export type QueryOptions = { readonly timeoutMs?: number; readonly signal?: AbortSignal };

/** Takes one element of an instant vector: `series` is what `labelsText` makes of its labels. */
export type VisitInstant = (series: string, value: number) => void;

/**
 * Answers PromQL. Errors are AppErrors: `invalid` (ill-typed or unparsable query), `unsupported` (PromQL this source
 * does not know, named in the message), `limited` (too many points), `unavailable` (no answer in time).
 */
export type MetricsSource = {
	readonly kind: "embedded" | "prometheus";
	/** The value of `query` at one instant. A scalar comes back as one element without labels. Empty is no error. */
	instant(query: string, atMs: number, options?: QueryOptions): Promise<readonly InstantSample[]>;
	/**
	 * The same, one element at a time and without holding them all: `visit` is given the text of the element's labels
	 * (`labelsText`) and its value. It may have been called for some elements when the answer turns out to be broken.
	 */
	eachInstant(query: string, atMs: number, visit: VisitInstant, options?: QueryOptions): Promise<void>;
	/** The value of `query` at each step of the span. A scalar comes back as one series without labels. */
	range(query: string, span: Span, options?: QueryOptions): Promise<readonly Series[]>;
	/** Every known metric with its help text, sorted by name; at most 10,000. */
	metadata(options?: QueryOptions): Promise<readonly MetricMetadata[]>;
};
