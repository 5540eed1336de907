import type { Sample, Series } from "../../src/domain/time-series.ts";
import type { MetricsSource } from "../../src/ports/metrics-source.ts";
import type { ChosenQuantity } from "./choose-quantity.ts";
import { overTime, type PlainQuery, plainQueryOf } from "./over-time.ts";
import { promDuration, stepFor } from "./rate-window.ts";
import { primaryFirst, readSeries, stepOf } from "./read-series.ts";
import { average, extreme, finiteSamples } from "./series-stats.ts";

/** A source answers at most 11,000 points for each series of one query. */
const POINTS_OF_QUERY = 10_000;
const MOST_QUERIES = 2;
const COARSE_POINTS = 720;

type Span = { readonly startMs: number; readonly endMs: number; readonly stepMs: number };

/** A quantity over a span. `series` have every extreme in them; `even` are the values at even steps of the first. */
export type SpanReading = {
	readonly series: readonly Series[];
	readonly even: readonly Sample[];
	readonly mean?: number;
};

/** The step at which a span is read so that nothing of it is lost. */
export function fineStepOf(startMs: number, endMs: number, scrapeIntervalSeconds: number): number {
	return stepFor(Math.max(1, endMs - startMs), scrapeIntervalSeconds, POINTS_OF_QUERY * MOST_QUERIES);
}

/**
 * Where the samples of a selector begin within a span, to a step of at most a 720th of the time there is data for;
 * `startMs` itself where they begin before it, or where there are none.
 */
async function firstSampleMs(
	metrics: MetricsSource,
	selector: string,
	span: { readonly startMs: number; readonly endMs: number },
	scrapeIntervalSeconds: number,
): Promise<number> {
	let [from, to] = [span.startMs, span.endMs];
	for (let turn = 0; turn < 3; turn++) {
		const stepMs = stepFor(Math.max(1, to - from), scrapeIntervalSeconds, COARSE_POINTS);
		const query = `count_over_time(${selector}[${promDuration(stepMs / 1000)}])`;
		const series = await readSeries(metrics, query, { startMs: from, endMs: to, stepMs });
		const begins = series.flatMap((one) => one.samples.find((sample) => sample.v > 0)?.t ?? []);
		const first = Math.min(...begins);
		if (!Number.isFinite(first)) return from;
		[from, to] = [Math.max(from, first - stepMs), first];
		if (stepMs <= scrapeIntervalSeconds * 1000) break;
	}
	return from;
}

/** The start of what is read: where samples begin if that is later than asked, so that the step fits what there is. */
export async function startOf(
	deps: { readonly metrics: MetricsSource; readonly scrapeIntervalSeconds: number },
	{ startMs, endMs }: { readonly startMs?: number; readonly endMs: number },
	{ entry, scope, quantity }: ChosenQuantity,
): Promise<number | undefined> {
	if (startMs === undefined) return undefined;
	const source = entry?.source(scope) ?? plainQueryOf(quantity.query)?.selector;
	const isShort = stepOf(startMs, endMs, deps.scrapeIntervalSeconds) <= deps.scrapeIntervalSeconds * 1000;
	if (source === undefined || isShort) return startMs;
	return await firstSampleMs(deps.metrics, source, { startMs, endMs }, deps.scrapeIntervalSeconds);
}

/** Reads a quantity over a span without losing an extreme between two steps, where its query allows that. */
export async function readSpan(metrics: MetricsSource, query: string, span: Span): Promise<SpanReading> {
	const plain = plainQueryOf(query);
	const [even, envelope] = await Promise.all([
		readInParts(metrics, query, span).then(primaryFirst),
		plain ? readEnvelope(metrics, plain, span) : undefined,
	]);
	const [primary, ...rest] = even;
	const samples = finiteSamples(primary?.samples ?? []);
	const mean = envelope?.mean ?? average(samples);
	const found = { even: samples, ...(mean === undefined ? {} : { mean }) };
	if (!primary || !envelope || rest.length > 0) return { ...found, series: even };
	return { ...found, series: [{ ...primary, samples: withExtremes(primary.samples, envelope, span) }] };
}

async function readInParts(metrics: MetricsSource, query: string, span: Span): Promise<readonly Series[]> {
	const { startMs, endMs, stepMs } = span;
	const partMs = POINTS_OF_QUERY * stepMs;
	const parts: Promise<readonly Series[]>[] = [];
	for (let end = endMs; end >= startMs; end -= partMs + stepMs)
		parts.unshift(
			readSeries(metrics, query, { startMs: Math.max(startMs, end - partMs), endMs: end, stepMs }),
		);
	const joined = new Map<string, { readonly labels: Series["labels"]; readonly samples: Sample[] }>();
	for (const one of (await Promise.all(parts)).flat()) {
		const key = JSON.stringify(Object.entries(one.labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
		const known = joined.get(key) ?? { labels: one.labels, samples: [] };
		for (const sample of one.samples) known.samples.push(sample);
		joined.set(key, known);
	}
	return [...joined.values()];
}

type Envelope = {
	readonly highest: ReadonlyMap<number, number>;
	readonly lowest: ReadonlyMap<number, number>;
	readonly mean?: number;
};

/** The extremes and the mean of each step. Only with a single series do they say what the whole query had. */
async function readEnvelope(
	metrics: MetricsSource,
	plain: PlainQuery,
	span: Span,
): Promise<Envelope | undefined> {
	const whole = promDuration((span.endMs - span.startMs) / 1000);
	const counted = metrics.instant(`count(count_over_time(${plain.selector}[${whole}]))`, span.endMs);
	if (((await counted)[0]?.v ?? 0) !== 1) return undefined;
	const window = promDuration(span.stepMs / 1000);
	const [highest = [], lowest = [], means = []] = await Promise.all(
		(["max", "min", "avg"] as const).map(
			async (which) => (await readInParts(metrics, overTime(plain, which, window), span))[0]?.samples ?? [],
		),
	);
	const byTime = (samples: readonly Sample[]) => new Map(samples.map(({ t, v }) => [t, v]));
	const mean = average(means);
	return { highest: byTime(highest), lowest: byTime(lowest), ...(mean === undefined ? {} : { mean }) };
}

/** Between two even steps the extremes that lie there, so that lines and peaks have them. */
function withExtremes(
	samples: readonly Sample[],
	{ highest, lowest }: Envelope,
	span: Span,
): readonly Sample[] {
	return samples.flatMap((sample) => {
		const [high, low] = [highest.get(sample.t) ?? sample.v, lowest.get(sample.t) ?? sample.v];
		const between = (part: number) => Math.max(span.startMs, sample.t - Math.round(span.stepMs * part));
		return [
			...(low < sample.v ? [{ t: between(2 / 3), v: low }] : []),
			...(high > sample.v ? [{ t: between(1 / 3), v: high }] : []),
			sample,
		];
	});
}

/** The extremes of a span, where it has values. */
export function extremesOf(samples: readonly Sample[]): { readonly peak?: Sample; readonly least?: Sample } {
	const [peak, least] = [extreme(samples, 1), extreme(samples, -1)];
	return { ...(peak ? { peak } : {}), ...(least ? { least } : {}) };
}
