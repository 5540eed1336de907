import type { Chart } from "../domain/chart.ts";
import type { Incident } from "../domain/incident.ts";
import { isAtLeast, type Severity } from "../domain/severity.ts";
import { timeToken } from "../domain/time-text.ts";
import type { DigestSpan } from "./digest-figures.ts";

const SPANS = 50;
const LABELS = 6;

/**
 * Incidents on a time axis: how many were open, and each with its severity's shape where it began. The worst are named.
 * `beganMs`: before this there was nobody to see one. Undefined where none was open in the span. Pure.
 */
export function digestChart(
	incidents: readonly Incident[],
	{ startMs, endMs }: DigestSpan,
	beganMs = startMs,
): Chart | undefined {
	const shown = incidents
		.filter((one) => one.openedAtMs < endMs && (one.resolvedAtMs ?? endMs) > startMs)
		.map((incident) => ({
			incident,
			fromMs: Math.max(startMs, incident.openedAtMs),
			toMs: Math.min(endMs, incident.resolvedAtMs ?? endMs),
		}))
		.toSorted((a, b) => rank(b.incident.severity) - rank(a.incident.severity) || b.fromMs - a.fromMs);
	if (shown.length === 0) return undefined;
	const points = openCounts(shown, Math.max(startMs, Math.min(beganMs, shown[0]?.fromMs ?? beganMs)), endMs);
	const most = Math.max(...points.map(({ v }) => v));
	const begun = incidents.filter((one) => one.openedAtMs >= startMs && one.openedAtMs < endMs).length;
	return {
		title: "Open incidents",
		unit: "count",
		startMs,
		endMs,
		lines: [{ name: "open incidents", role: "value", points }],
		outside: shown.slice(0, SPANS).map(({ incident, fromMs, toMs }, index) => ({
			startMs: fromMs,
			endMs: toMs,
			severity: incident.severity,
			label: index < LABELS ? `${incident.target}, ${timeToken(incident.openedAtMs)}` : "",
		})),
		...(points[0] && points[0].t > startMs ? { gaps: [{ startMs, endMs: points[0].t }] } : {}),
		alt: `Open incidents, ${timeToken(startMs)} to ${timeToken(endMs)}. ${begun} began in it, and at most ${most} ${most === 1 ? "was" : "were"} open at once.`,
	};
}

function rank(severity: Severity): number {
	return (["low", "medium", "high", "critical"] as const).filter((one) => isAtLeast(severity, one)).length;
}

/** The number of open incidents as a line of steps. */
function openCounts(
	spans: readonly { readonly fromMs: number; readonly toMs: number }[],
	startMs: number,
	endMs: number,
): { readonly t: number; readonly v: number }[] {
	const countAt = (t: number) => spans.filter(({ fromMs, toMs }) => fromMs <= t && t < toMs).length;
	const moments = new Set(spans.flatMap(({ fromMs, toMs }) => [fromMs, toMs]));
	const steps = [...moments].filter((t) => t > startMs && t < endMs).toSorted((a, b) => a - b);
	return [
		{ t: startMs, v: countAt(startMs) },
		...steps.flatMap((t) => [
			{ t: t - 1, v: countAt(t - 1) },
			{ t, v: countAt(t) },
		]),
		{ t: endMs, v: countAt(endMs - 1) },
	];
}
