import { forecastAstray } from "../../models/forecast/usual-course.ts";
import type { Anomaly, Band } from "../domain/anomaly.ts";
import type { Chart } from "../domain/chart.ts";
import type { Execution } from "../domain/execution.ts";
import { hasWidth, isHigh, leftBand } from "../domain/left-band.ts";
import { formatQuantity, formatRange } from "../domain/quantity.ts";
import { sentenceCase } from "../domain/sentence-case.ts";
import { type Sample, type Span, sameLabels } from "../domain/time-series.ts";
import { timeToken } from "../domain/time-text.ts";
import { shownBand, type Watch } from "../domain/watch.ts";
import type { MetricsSource } from "../ports/metrics-source.ts";
import type { UsualDays } from "./usual-days.ts";

const LEAD_MS = 45 * 60_000;
const POINTS = 240;
const FORECAST_POINTS = 12;

export type IncidentChartInput = {
	readonly watch: Watch;
	readonly anomaly: Anomaly;
	readonly execution?: Execution;
	/** The flag at the moment of the call. */
	readonly doneLabel?: string;
	/** When the check of the run ended well. */
	readonly verifiedAtMs?: number;
	/** When the run was taken back. */
	readonly takenBackAtMs?: number;
	readonly endedAtMs?: number;
	readonly nowMs: number;
	/** How far back to show; by default what led up to it. */
	readonly windowMs?: number;
};

export type IncidentChartDeps = { readonly metrics: MetricsSource; readonly usualDays: UsualDays };

/** Reads the samples of an anomaly's series and draws up its chart. Empty data gives a chart that says so. */
export async function readIncidentChart(deps: IncidentChartDeps, input: IncidentChartInput): Promise<Chart> {
	const { watch, anomaly, nowMs } = input;
	const tailMs = Math.min(
		600_000,
		Math.max(15_000, ((input.endedAtMs ?? nowMs) - anomaly.outsideSinceMs) / 3),
	);
	const endMs = Math.min(nowMs, (input.endedAtMs ?? nowMs) + tailMs);
	const startMs = endMs - (input.windowMs ?? Math.max(LEAD_MS, endMs - anomaly.outsideSinceMs + 10 * 60_000));
	const fineStep = watch.intervalSeconds * 1000;
	const stepMs = Math.max(fineStep, Math.ceil((endMs - startMs) / (4 * POINTS) / fineStep) * fineStep);
	const aligned = Math.floor(endMs / stepMs) * stepMs;
	const [series, usual] = await Promise.all([
		deps.metrics.range(anomaly.query, {
			startMs: aligned - Math.floor((endMs - startMs) / stepMs) * stepMs,
			endMs: aligned,
			stepMs,
		}),
		usualOf(deps, input, { startMs, endMs: endMs + (endMs - startMs) / 4, stepMs }),
	]);
	const samples = series.find((item) => sameLabels(item.labels, anomaly.labels))?.samples ?? [];
	return drawUpIncidentChart({ ...input, samples, usual, stepMs, startMs, endMs });
}

/** What a forecast lies over: as it was known before a change, or as it is now while nothing was done. */
async function usualOf(
	{ metrics, usualDays }: IncidentChartDeps,
	{ anomaly, execution, nowMs }: IncidentChartInput,
	span: Span,
): Promise<readonly Sample[]> {
	if (execution) return execution.before?.usual ?? [];
	return anomaly.closedAtMs === undefined ? await usualDays.read(metrics, anomaly, span, nowMs) : [];
}

/** The chart from samples: value, band, outside span, forecast of doing nothing, the action and the checked span. Pure. */
export function drawUpIncidentChart(
	input: IncidentChartInput & {
		readonly samples: readonly Sample[];
		/** How the usual day goes over the chart's span and what comes after; nothing where that is not known. */
		readonly usual?: readonly Sample[];
		readonly stepMs: number;
		readonly startMs: number;
		readonly endMs: number;
	},
): Chart {
	const { watch, anomaly, execution, samples, stepMs } = input;
	const startMs = Math.max(
		input.startMs,
		Math.min(samples[0]?.t ?? input.startMs, anomaly.outsideSinceMs - 60_000),
	);
	const finished = input.endedAtMs !== undefined;
	const span = input.endMs - startMs;
	const endMs = finished ? input.endMs : input.endMs + span / 4;
	const band = shownBand(watch, anomaly.band);
	const back = execution?.finishedAtMs ?? anomaly.closedAtMs;
	const outsideEnd = Math.min(back ?? input.endMs, anomaly.closedAtMs ?? input.endMs);
	// Only values since it left its band tell where it was going; those before would bend the line back.
	const since = (sample: Sample) => sample.t >= anomaly.outsideSinceMs;
	const basis = (execution?.before?.samples ?? (anomaly.closedAtMs === undefined ? samples : [])).filter(
		since,
	);
	const from = basis.at(-1)?.t ?? input.endMs;
	const horizonMs = Math.max(stepMs, endMs - from);
	const forecast =
		basis.length >= 4
			? forecastAstray(
					basis.slice(-FORECAST_POINTS),
					{ horizonMs, stepMs: Math.max(stepMs, horizonMs / 40) },
					input.usual,
				)
			: [];
	const last = samples.at(-1);
	const left = leftBand(anomaly, samples);
	const metric = sentenceCase(watch.metric);
	return {
		title: `${metric} of ${anomaly.target}`,
		unit: watch.unit,
		startMs,
		endMs,
		lines: [
			{
				name: anomaly.target,
				role: "value",
				points: samples.map(({ t, v }) => ({ t, v: Number.isFinite(v) ? v : null })),
			},
		],
		...(hasWidth(anomaly.band)
			? {
					band: {
						points: [startMs, endMs].map((t) => ({ t, ...band })),
						label: `expected ${formatRange(band.low, band.high, watch.unit)}`,
					},
				}
			: {}),
		outside: [
			{
				startMs: anomaly.outsideSinceMs,
				endMs: outsideEnd,
				severity: anomaly.severity,
				label: left
					? `left its band at ${timeToken(anomaly.outsideSinceMs)}`
					: `abnormal since ${timeToken(anomaly.outsideSinceMs)}`,
			},
		],
		...(watch.limit
			? {
					limit: {
						value: watch.limit.value,
						label: `${watch.limit.name} ${formatQuantity(watch.limit.value, watch.unit)}`,
					},
				}
			: {}),
		...(forecast.length > 0
			? {
					forecast: {
						points: [...forecast],
						label: execution ? "if nothing had been done" : "if nothing is done",
					},
				}
			: {}),
		...(execution?.finishedAtMs
			? {
					actions: [
						{
							t: execution.intendedAtMs,
							label: `${input.doneLabel ?? "changed"} ${timeToken(execution.intendedAtMs)}`,
						},
						...(input.takenBackAtMs === undefined
							? []
							: [{ t: input.takenBackAtMs, label: `taken back ${timeToken(input.takenBackAtMs)}` }]),
					],
				}
			: {}),
		...(input.verifiedAtMs && execution?.finishedAtMs
			? {
					checked: {
						startMs: execution.finishedAtMs,
						endMs: input.verifiedAtMs,
						label: `verified ${timeToken(input.verifiedAtMs)}`,
					},
				}
			: {}),
		...(last && Number.isFinite(last.v)
			? {
					mark: {
						t: last.t,
						v: last.v,
						label: `${finished || execution ? "" : "now "}${formatQuantity(last.v, watch.unit)}`,
					},
				}
			: {}),
		gaps: gapsOf(samples, stepMs),
		alt: altText(metric, input, band, left),
	};
}

/** Spans in which more than three steps have no sample. */
export function gapsOf(samples: readonly Sample[], stepMs: number): { startMs: number; endMs: number }[] {
	const gaps: { startMs: number; endMs: number }[] = [];
	for (let i = 1; i < samples.length; i += 1) {
		const before = samples[i - 1]?.t ?? 0;
		const after = samples[i]?.t ?? 0;
		if (after - before > 4 * stepMs) gaps.push({ startMs: before, endMs: after });
	}
	return gaps;
}

function altText(
	metric: string,
	input: IncidentChartInput & { readonly samples: readonly Sample[] },
	band: Band,
	left: boolean,
): string {
	const { watch, anomaly, samples } = input;
	const first = samples[0];
	const last = samples.at(-1);
	const range = formatRange(band.low, band.high, watch.unit);
	if (!first || !last) return `${metric} of ${anomaly.target}. No samples in this span.`;
	const peak = formatQuantity(anomaly.peak, watch.unit);
	const end = input.execution?.finishedAtMs
		? `, and ${formatQuantity(last.v, watch.unit)} after the change`
		: "";
	const since = timeToken(anomaly.outsideSinceMs);
	const way = isHigh(anomaly.peak, anomaly.band) ? "up" : "down";
	const what = left
		? `Inside ${range} until ${since}, then ${way} to ${peak}`
		: `Abnormal since ${since}, ${way} to ${peak}${hasWidth(anomaly.band) ? ` where ${range} was expected` : ""}`;
	return `${metric} of ${anomaly.target}, ${timeToken(first.t)} to ${timeToken(last.t)}. ${what}${end}.`;
}
