import type { Chart, ChartPoint } from "../../domain/chart.ts";
import type { Unit } from "../../domain/quantity.ts";
import type { Severity } from "../../domain/severity.ts";
import {
	cleanPoints,
	cleanRanges,
	cleanValue,
	isWithin,
	type RangePoint,
	type TimeSpan,
} from "./clean-points.ts";
import { cleanText } from "./clean-text.ts";
import { clamp } from "./geometry.ts";
import { LIMITS } from "./limits.ts";

/** A line with its points inside the span; `v` null breaks it. */
export type PreparedLine = { readonly name: string; readonly points: readonly ChartPoint[] };
/** An instant with a label. */
export type PreparedEvent = { readonly t: number; readonly label: string };
/** A forecast value with its 80 % range. */
export type ForecastRange = RangePoint & { readonly v: number };

/** A chart fit to draw: only finite numbers inside the span, clean labels, bounded lists, roles told apart. */
export type PreparedChart = TimeSpan & {
	readonly unit: Unit;
	readonly alt: string;
	readonly values: readonly PreparedLine[];
	readonly compared: readonly PreparedLine[];
	readonly rest: readonly PreparedLine[];
	/** What the grey lines are called together ("and 37 others"), or empty. */
	readonly restLabel: string;
	readonly band: { readonly points: readonly RangePoint[]; readonly label: string } | undefined;
	readonly learning: boolean;
	readonly outside: readonly (TimeSpan & { readonly severity: Severity; readonly label: string })[];
	readonly limit: { readonly value: number; readonly label: string } | undefined;
	readonly forecast: { readonly points: readonly ForecastRange[]; readonly label: string } | undefined;
	readonly actions: readonly PreparedEvent[];
	readonly changes: readonly PreparedEvent[];
	readonly checked: (TimeSpan & { readonly label: string }) | undefined;
	readonly mark: { readonly t: number; readonly v: number; readonly label: string } | undefined;
	readonly gaps: readonly TimeSpan[];
};

/** Makes a chart fit to draw; every input that its type allows (NaN and infinities too) gives a drawable chart. */
export function prepareChart(chart: Chart): PreparedChart {
	const span = cleanSpan(chart);
	const gaps = (chart.gaps ?? []).flatMap((gap) => clipSpan(gap, span)).slice(0, LIMITS.events);
	const ofRole = (role: Chart["lines"][number]["role"]) => chart.lines.filter((line) => line.role === role);
	const values = ofRole("value");
	const rest = [...values.slice(LIMITS.valueLines), ...ofRole("rest")];
	const prepare = (lines: Chart["lines"], most: number): readonly PreparedLine[] =>
		lines.slice(0, most).map((line) => ({
			name: label(line.name),
			points: cleanPoints(line.points, span, gaps),
		}));
	const events = (list: Chart["actions"]): readonly PreparedEvent[] =>
		(list ?? [])
			.filter((event) => isWithin(event.t, span))
			.slice(0, LIMITS.events)
			.map((event) => ({ t: event.t, label: label(event.label) }));
	return {
		...span,
		unit: chart.unit,
		alt: cleanText(chart.alt, LIMITS.altCharacters),
		values: prepare(values, LIMITS.valueLines),
		compared: prepare(ofRole("compared"), LIMITS.comparedLines),
		rest: prepare(rest, LIMITS.restLines),
		restLabel: label(rest.find((line) => /^and \d/.test(line.name))?.name ?? ""),
		band: chart.band && {
			points: cleanRanges(chart.band.points, span, LIMITS.maxWidthPx),
			label: label(chart.band.label),
		},
		learning: chart.learning ?? false,
		outside: chart.learning ? [] : outsideSpans(chart, span),
		limit: cleanLimit(chart.limit),
		forecast: chart.forecast && {
			points: cleanRanges(
				chart.forecast.points.filter((point) => cleanValue(point.v) !== null),
				span,
				LIMITS.maxWidthPx,
			).map((point) => ({ ...point, v: cleanValue(point.v) ?? 0 })),
			label: label(chart.forecast.label),
		},
		actions: events(chart.actions),
		changes: events(chart.changes),
		checked: chart.checked && labelledSpans([chart.checked], span)[0],
		mark: cleanMark(chart.mark, span),
		gaps,
	};
}

function label(text: string): string {
	return cleanText(text, LIMITS.labelCharacters);
}

function cleanSpan(chart: Chart): TimeSpan {
	const startMs = cleanInstant(chart.startMs);
	return { startMs, endMs: Math.max(cleanInstant(chart.endMs), startMs + 1000) };
}

function cleanInstant(t: number): number {
	return Number.isFinite(t) ? clamp(t, 0, LIMITS.latestMs) : 0;
}

/** The part of `part` that lies in `span`, as a list of one or none. */
function clipSpan<S extends TimeSpan>(part: S, span: TimeSpan): S[] {
	const startMs = Math.max(part.startMs, span.startMs);
	const endMs = Math.min(part.endMs, span.endMs);
	return startMs <= endMs ? [{ ...part, startMs, endMs }] : [];
}

function labelledSpans<S extends TimeSpan & { readonly label: string }>(
	parts: readonly S[],
	span: TimeSpan,
): S[] {
	return parts.flatMap((part) => clipSpan({ ...part, label: label(part.label) }, span));
}

function outsideSpans(chart: Chart, span: TimeSpan): PreparedChart["outside"] {
	return labelledSpans(chart.outside ?? [], span).slice(0, LIMITS.events);
}

function cleanLimit(limit: Chart["limit"]): PreparedChart["limit"] {
	const value = cleanValue(limit?.value ?? null);
	return limit === undefined || value === null ? undefined : { value, label: label(limit.label) };
}

function cleanMark(mark: Chart["mark"], span: TimeSpan): PreparedChart["mark"] {
	const v = cleanValue(mark?.v ?? null);
	if (mark === undefined || v === null || !isWithin(mark.t, span)) return undefined;
	return { t: mark.t, v, label: label(mark.label) };
}
