import type { Sample, Series } from "../../src/domain/time-series.ts";
import type { MetricKind, Watch } from "../../src/domain/watch.ts";
import type { Measured, SkillDeps } from "../define-skill.ts";
import { type ChosenQuantity, chooseQuantity } from "./choose-quantity.ts";
import { bandAt, bandOver, type Expectation, expectationOf } from "./expectation.ts";
import type { MetricForm, Quantity } from "./metric-table.ts";
import { isFresh } from "./newest-sample.ts";
import { promDuration, rateWindowSeconds } from "./rate-window.ts";
import { primaryFirst, readSeries, stepOf } from "./read-series.ts";
import { extremesOf, fineStepOf, readSpan, startOf } from "./read-span.ts";
import { average, finiteSamples, percentile } from "./series-stats.ts";
import type { Target } from "./target.ts";
import { seriesOf, watchesOf } from "./watch-of.ts";
import { freshSeconds, whyMissing } from "./why-missing.ts";

/** How a span becomes one value; a number is a percentile (0-100 exclusive). */
type Aggregate = "avg" | "max" | "min" | number;

/** Which value is wanted. Without `startMs` it is the one at `endMs`. */
export type MetricRequest = {
	readonly target: Target;
	/** `other` needs a `watch`. */
	readonly metric: MetricKind;
	readonly watch?: Watch;
	readonly endMs: number;
	readonly startMs?: number;
	readonly aggregate?: Aggregate;
	readonly mountpoint?: string;
};

/** A metric of a target as it was read. `main` is missing where there is no number; `missing` then says why. */
export type MetricReading = {
	readonly target: Target;
	readonly metric: MetricKind;
	/** The watch whose query was read, where it was one. */
	readonly watch?: Watch;
	readonly quantity: Quantity;
	readonly aggregate?: Aggregate;
	readonly main?: Measured;
	readonly average?: number;
	readonly peak?: Sample;
	readonly least?: Sample;
	readonly beside: readonly Measured[];
	/** Of the span, or of the half hour before the instant; the one the sentence speaks of first. */
	readonly series: readonly Series[];
	readonly startMs: number;
	readonly endMs: number;
	readonly stepMs: number;
	readonly expectation?: Expectation;
	readonly missing?: "no data" | "no requests";
	/** How long the source keeps samples, where that is set here. */
	readonly keptHours?: number;
	/** When the newest sample came, where there is no number for now; to the minute. */
	readonly newestMs?: number;
};

/** What is shown before an instant. */
const LEAD_MS = 30 * 60_000;

/**
 * Reads a metric: its value, the series around it, what belongs beside it and what was expected.
 * @throws AppError `unsupported` where the target has no such metric, and those of the metrics source
 */
export async function readMetric(
	deps: Pick<SkillDeps, "metrics" | "board" | "watches" | "scrapeIntervalSeconds" | "keptHours">,
	request: MetricRequest,
): Promise<MetricReading> {
	const { target, metric, endMs, aggregate } = request;
	const form = formOf(request);
	const wanted = {
		target,
		metric,
		form,
		watches: watchesOf(deps, target),
		...(request.watch ? { watch: request.watch } : {}),
		source: deps.metrics.kind,
		scrapeIntervalSeconds: deps.scrapeIntervalSeconds,
	};
	const ofInstant = chooseQuantity(wanted, 0);
	const startMs = (await startOf(deps, request, ofInstant)) ?? endMs - LEAD_MS;
	const overSpan = request.startMs !== undefined;
	const stepMs = (overSpan ? fineStepOf : stepOf)(startMs, endMs, deps.scrapeIntervalSeconds);
	const ofSpan = chooseQuantity(wanted, stepMs / 1000);
	const chosen = overSpan ? ofSpan : ofInstant;
	const span = { startMs, endMs, stepMs };
	const [read, value, beside] = await Promise.all([
		overSpan
			? readSpan(deps.metrics, ofSpan.quantity.query, span)
			: readSeries(deps.metrics, ofSpan.quantity.query, span).then((all) => ({
					series: primaryFirst(all),
					even: undefined,
					mean: undefined,
				})),
		readValue(deps, request, chosen),
		readBeside(deps, chosen, form, endMs),
	]);
	const series = seriesOf(read.series, chosen.watch, target);
	const primary = value?.labels ?? series[0]?.labels ?? {};
	const samples = finiteSamples((series.find((one) => sameDisk(one, primary)) ?? series[0])?.samples ?? []);
	const { unit } = chosen.quantity;
	const expectation =
		form.quantile === undefined && !form.mean && (metric !== "network" || chosen.watch)
			? expectationOf(deps.board, {
					target: target.name,
					metric,
					unit,
					labels: primary,
					...(request.watch ? { watch: request.watch.name } : {}),
				})
			: undefined;
	const number =
		value?.v ?? (overSpan ? reduce(samples, read.even ?? samples, read.mean, aggregate ?? "avg") : undefined);
	const base = {
		target,
		metric,
		...(chosen.watch ? { watch: chosen.watch } : {}),
		...(deps.keptHours === undefined ? {} : { keptHours: deps.keptHours }),
		series,
		startMs,
		endMs,
		stepMs,
		quantity: value?.quantity ?? chosen.quantity,
		...(aggregate === undefined ? {} : { aggregate }),
		...(expectation ? { expectation } : {}),
		beside: beside.filter((one) => sameDisk(one, primary)),
	};
	if (number === undefined || !Number.isFinite(number))
		return { ...base, ...(await whyMissing(deps, base, chosen)) };
	const expected =
		request.startMs === undefined ? bandAt(expectation, endMs) : bandOver(expectation, startMs, endMs);
	const mean = read.mean ?? average(samples);
	return {
		...base,
		main: {
			label: chosen.quantity.label,
			value: number,
			unit,
			query: base.quantity.query,
			endMs,
			...(request.startMs === undefined ? {} : { startMs, ...(value ? {} : { stepMs }) }),
			...(expected ? { expected } : {}),
		},
		...extremesOf(samples),
		...(mean === undefined ? {} : { average: mean }),
	};
}

function formOf({ metric, aggregate, mountpoint }: MetricRequest): MetricForm {
	const where = mountpoint === undefined ? {} : { mountpoint };
	if (metric !== "latency") return where;
	if (typeof aggregate === "number") return { quantile: aggregate / 100 };
	return aggregate === "avg" ? { mean: true } : {};
}

type Value = { readonly v: number; readonly labels: Series["labels"]; readonly quantity: Quantity };

/** The value at the instant; for a percentile or mean of latency the one over the whole span. Else undefined. */
async function readValue(
	deps: Pick<SkillDeps, "metrics" | "scrapeIntervalSeconds">,
	request: MetricRequest,
	{ quantity, entry, scope, watch }: ChosenQuantity,
): Promise<Value | undefined> {
	const { metrics, scrapeIntervalSeconds } = deps;
	const { startMs, endMs, aggregate } = request;
	const exact = request.metric === "latency" && aggregate !== "max" && aggregate !== "min";
	if (startMs !== undefined && !(exact && entry)) return undefined;
	const spanSeconds = startMs === undefined ? 0 : (endMs - startMs) / 1000;
	const window = promDuration(rateWindowSeconds(scrapeIntervalSeconds, spanSeconds));
	const asked = startMs !== undefined && entry ? entry.main({ ...scope, window }, formOf(request)) : quantity;
	const fresh =
		entry && startMs === undefined ? isFresh(metrics, entry.source(scope), endMs, freshSeconds(deps)) : true;
	const [answer, isNew] = await Promise.all([metrics.instant(asked.query, endMs), fresh]);
	if (!isNew) return undefined;
	const [first] = primaryFirst(
		seriesOf(answer, watch, request.target).map((one) => ({
			labels: one.labels,
			samples: [{ t: one.t, v: one.v }],
		})),
	);
	return first ? { v: first.samples[0]?.v ?? Number.NaN, labels: first.labels, quantity: asked } : undefined;
}

async function readBeside(
	{ metrics }: Pick<SkillDeps, "metrics">,
	{ entry, scope }: ChosenQuantity,
	form: MetricForm,
	endMs: number,
): Promise<readonly (Measured & { readonly labels: Series["labels"] })[]> {
	const read = (entry?.beside(scope, form) ?? []).map(async ({ label, unit, query }) =>
		(await metrics.instant(query, endMs)).map((one) => ({
			label,
			unit,
			query,
			value: one.v,
			endMs,
			labels: one.labels,
		})),
	);
	return (await Promise.all(read)).flat().filter((one) => Number.isFinite(one.value));
}

function sameDisk(one: { readonly labels: Series["labels"] }, primary: Series["labels"]): boolean {
	return one.labels.mountpoint === primary.mountpoint;
}

function reduce(
	samples: readonly Sample[],
	even: readonly Sample[],
	mean: number | undefined,
	aggregate: Aggregate,
): number | undefined {
	if (aggregate === "max") return extremesOf(samples).peak?.v;
	if (aggregate === "min") return extremesOf(samples).least?.v;
	return aggregate === "avg" ? mean : percentile(even, aggregate);
}
