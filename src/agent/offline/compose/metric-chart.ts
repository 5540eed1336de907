import type { MetricReading } from "../../../../skills/metrics/read-metric.ts";
import { extreme, finiteSamples, thinOut } from "../../../../skills/metrics/series-stats.ts";
import { momentText, type Reader, spanText } from "../../../../skills/text/time-text.ts";
import type { Anomaly } from "../../../domain/anomaly.ts";
import type { Chart, ChartPoint } from "../../../domain/chart.ts";
import type { ForecastPoint } from "../../../domain/forecast.ts";
import { leftBand } from "../../../domain/left-band.ts";
import { formatQuantity, formatRange } from "../../../domain/quantity.ts";
import { sentenceCase } from "../../../domain/sentence-case.ts";
import type { Sample, Series } from "../../../domain/time-series.ts";
import { subjectOf } from "./words.ts";

const MOST_POINTS = 240;
const MOST_LINES = 5;

/** What a chart shows besides the reading itself. */
export type ChartExtras = {
	/** The same quantity of an earlier span, shown shifted by `offsetMs`. */
	readonly compared?: { readonly reading: MetricReading; readonly offsetMs: number; readonly name: string };
	/** Findings on this series, drawn where it was outside its band. */
	readonly anomalies?: readonly Anomaly[];
	readonly limit?: { readonly name: string; readonly value: number };
	readonly forecast?: readonly ForecastPoint[];
	/** What the sentence speaks of; the newest value by default. */
	readonly mark?: { readonly sample: Sample; readonly words: string };
	/** Readings of the same unit on other targets. */
	readonly others?: readonly MetricReading[];
};

/** The chart of a reading; undefined where there is nothing to draw. */
export function metricChart(
	reading: MetricReading,
	reader: Reader,
	extras: ChartExtras = {},
): Chart | undefined {
	const { quantity, startMs, stepMs } = reading;
	const [primary, ...rest] = reading.series;
	const samples = finiteSamples(primary?.samples ?? []);
	const last = samples.at(-1);
	if (!primary || !last) return undefined;
	const endMs = Math.max(reading.endMs, extras.forecast?.at(-1)?.t ?? 0);
	const mark = extras.mark ?? markOf(reading, last, reader);
	const compared = extras.compared?.reading.series[0];
	const others = extras.others ?? [];
	const { limit, forecast } = extras;
	const inView = limit && (forecast?.some((point) => point.high >= limit.value) || last.v > limit.value / 2);
	return {
		title: sentenceCase(others.length > 0 ? quantity.label : subjectOf(reading, primary.labels.mountpoint)),
		unit: quantity.unit,
		startMs,
		endMs,
		lines: [
			{ name: lineName(reading, primary), role: "value", points: pointsOf(primary.samples, stepMs) },
			...others.slice(0, MOST_LINES - 1).flatMap((other) => otherLine(other)),
			...rest.slice(0, MOST_LINES - 1).map((one) => ({
				name: lineName(reading, one),
				role: "rest" as const,
				points: pointsOf(one.samples, stepMs),
			})),
			...(compared && extras.compared
				? [
						{
							name: extras.compared.name,
							role: "compared" as const,
							points: pointsOf(shifted(compared.samples, extras.compared.offsetMs), stepMs),
						},
					]
				: []),
		],
		...(others.length > 0 ? {} : bandOf(reading)),
		...outsideOf(extras.anomalies ?? [], reading, reader),
		...(limit && inView
			? {
					limit: { value: limit.value, label: `${limit.name} ${formatQuantity(limit.value, quantity.unit)}` },
				}
			: {}),
		...(forecast && forecast.length > 0
			? { forecast: { points: [...forecast], label: "if nothing is done" } }
			: {}),
		mark: { t: mark.sample.t, v: mark.sample.v, label: mark.words },
		gaps: gapsOf(samples, stepMs),
		alt: altText(reading, samples, reader, extras, primary.labels.mountpoint),
	};
}

/** The newest value where the span ends now, else the highest with its time. */
function markOf(reading: MetricReading, last: Sample, reader: Reader): NonNullable<ChartExtras["mark"]> {
	const { unit } = reading.quantity;
	const isNow = reader.nowMs - last.t <= 2 * reading.stepMs + 60_000;
	if (isNow) return { sample: last, words: `now ${formatQuantity(last.v, unit)}` };
	const shown = reading.startMs === reading.main?.startMs ? (reading.peak ?? last) : last;
	return { sample: shown, words: `${formatQuantity(shown.v, unit)} at ${momentText(shown.t, reader)}` };
}

function otherLine(reading: MetricReading): Chart["lines"] {
	const [series] = reading.series;
	if (!series) return [];
	return [
		{ name: lineName(reading, series), role: "value", points: pointsOf(series.samples, reading.stepMs) },
	];
}

function lineName(reading: MetricReading, series: Series): string {
	return series.labels.mountpoint ?? reading.target.name;
}

function shifted(samples: readonly Sample[], offsetMs: number): readonly Sample[] {
	return samples.map(({ t, v }) => ({ t: t + offsetMs, v }));
}

/** At most 240 points that keep every extreme; where samples are missing the line stops. */
function pointsOf(samples: readonly Sample[], stepMs: number): ChartPoint[] {
	const finite = samples.map(({ t, v }) => ({ t, v: Number.isFinite(v) ? v : Number.NaN }));
	const thin = thinOut(finite, MOST_POINTS);
	const widest = Math.max(stepMs, ((samples.at(-1)?.t ?? 0) - (samples[0]?.t ?? 0)) / MOST_POINTS) * 3;
	return thin.flatMap(({ t, v }, index) => {
		const before = thin[index - 1];
		const broken = before !== undefined && t - before.t > widest;
		const point = { t, v: Number.isNaN(v) ? null : v };
		return broken ? [{ t: before.t + 1, v: null }, point] : [point];
	});
}

function gapsOf(samples: readonly Sample[], stepMs: number): NonNullable<Chart["gaps"]> {
	return samples.flatMap((sample, index) => {
		const before = samples[index - 1];
		return before && sample.t - before.t > 4 * stepMs ? [{ startMs: before.t, endMs: sample.t }] : [];
	});
}

function bandOf({ expectation, startMs, endMs, quantity }: MetricReading): Pick<Chart, "band" | "learning"> {
	const points = expectation?.points.filter((point) => point.t >= startMs && point.t <= endMs) ?? [];
	const last = points.at(-1);
	if (!expectation || !last) return expectation?.learning ? { learning: true } : {};
	return {
		band: {
			points: points.map(({ t, low, high }) => ({ t, low, high })),
			label: `expected ${formatRange(last.low, last.high, quantity.unit)}`,
		},
		...(expectation.learning ? { learning: true } : {}),
	};
}

function outsideOf(
	anomalies: readonly Anomaly[],
	{ expectation, series, startMs, endMs }: MetricReading,
	reader: Reader,
): Pick<Chart, "outside"> {
	const samples = series[0]?.samples ?? [];
	const spans = anomalies
		.filter((anomaly) => anomaly.watch === expectation?.watch.name && !expectation.learning)
		.map((anomaly) => ({
			startMs: Math.max(startMs, anomaly.outsideSinceMs),
			endMs: Math.min(endMs, anomaly.closedAtMs ?? endMs),
			severity: anomaly.severity,
			label: `${leftBand(anomaly, samples) ? "left its band at" : "abnormal since"} ${momentText(anomaly.outsideSinceMs, reader)}`,
		}))
		.filter((span) => span.endMs > span.startMs);
	return spans.length > 0 ? { outside: spans } : {};
}

/** Two sentences: what and when, then what it shows. */
function altText(
	reading: MetricReading,
	samples: readonly Sample[],
	reader: Reader,
	{ compared, forecast, limit }: ChartExtras,
	mountpoint: string | undefined,
): string {
	const { unit } = reading.quantity;
	const [least, peak, last] = [extreme(samples, -1), extreme(samples, 1), samples.at(-1)];
	const what = `${sentenceCase(subjectOf(reading, mountpoint))}, ${spanText(reading.startMs, reading.endMs, reader)}.`;
	if (!least || !peak || !last) return `${what} No samples in this span.`;
	const band = reading.main?.expected
		? `, expected ${formatRange(reading.main.expected.low, reading.main.expected.high, unit)}`
		: "";
	const beside = compared ? `, with ${compared.name} as a dotted line` : "";
	const end = forecast?.at(-1);
	const ahead = end ? `, continued to ${formatQuantity(end.v, unit)} at ${momentText(end.t, reader)}` : "";
	const bound = limit ? ` of ${formatQuantity(limit.value, unit)}` : "";
	return `${what} Between ${formatQuantity(least.v, unit)} and ${formatQuantity(peak.v, unit)}${bound}, at the end ${formatQuantity(last.v, unit)}${band}${beside}${ahead}.`;
}
