import { forecastAstray } from "../../models/forecast/usual-course.ts";
import type { Chart } from "../domain/chart.ts";
import { forecastBasis } from "../domain/compare-with-nothing.ts";
import type { Execution } from "../domain/execution.ts";
import type { VerificationSpec } from "../domain/plan.ts";
import { formatQuantity } from "../domain/quantity.ts";
import { sentenceCase } from "../domain/sentence-case.ts";
import { type Sample, sameLabels } from "../domain/time-series.ts";
import { timeToken } from "../domain/time-text.ts";
import { rangeText } from "../domain/verification.ts";
import type { MetricsSource } from "../ports/metrics-source.ts";
import { gapsOf } from "./incident-chart.ts";
import type { Request } from "./incident-state.ts";

const LEAD_MS = 20 * 60_000;
const POINTS = 240;

/** The checked metric around a change that was made; undefined for a request that has none. Reads once. */
export async function readApprovalChart(
	metrics: MetricsSource,
	request: Request,
	nowMs: number,
): Promise<Chart | undefined> {
	const { approval, execution } = request;
	const spec = approval.plan.verification;
	if (!spec || execution?.status !== "called") return undefined;
	const { startMs, endMs } = shownSpan(spec, execution, approval.endedAtMs, nowMs);
	const fineStep = spec.intervalSeconds * 1000;
	const stepMs = Math.max(fineStep, Math.ceil((endMs - startMs) / (4 * POINTS) / fineStep) * fineStep);
	const series = await metrics.range(spec.query, { startMs, endMs, stepMs });
	const samples = series.find((item) => sameLabels(item.labels, spec.labels))?.samples ?? [];
	return drawUpApprovalChart(request, spec, execution, { samples, stepMs, startMs, endMs });
}

/** How long after the end of a request its chart goes on. */
export function chartTailMs({ withinSeconds }: Pick<VerificationSpec, "withinSeconds">): number {
	return Math.max(60_000, withinSeconds * 1000);
}

/** What led up to the change, and as much after its end as shows whether it lasts. */
function shownSpan(
	spec: VerificationSpec,
	execution: Execution,
	endedAtMs: number | undefined,
	nowMs: number,
): { readonly startMs: number; readonly endMs: number } {
	const tailMs = chartTailMs(spec);
	const leadMs = Math.max(LEAD_MS, 3 * spec.withinSeconds * 1000);
	return {
		startMs: execution.intendedAtMs - leadMs,
		endMs: Math.min(nowMs, (endedAtMs ?? nowMs) + tailMs),
	};
}

/** The chart from samples: value, band, forecast of doing nothing, the action, its undoing and the checked span. Pure. */
export function drawUpApprovalChart(
	{ approval }: Request,
	spec: VerificationSpec,
	execution: Execution,
	read: {
		readonly samples: readonly Sample[];
		readonly stepMs: number;
		readonly startMs: number;
		readonly endMs: number;
	},
): Chart {
	const { samples, stepMs, endMs } = read;
	const startMs = Math.max(
		read.startMs,
		Math.min(samples[0]?.t ?? read.startMs, execution.intendedAtMs - 60_000),
	);
	const { plan, status, endedAtMs } = approval;
	const target = plan.targets.length === 1 ? plan.targets[0]?.name : undefined;
	const metric = sentenceCase(spec.metric);
	const title = target === undefined ? metric : `${metric} of ${target}`;
	const basis = forecastBasis(spec, execution.before?.samples ?? []);
	const horizonMs = Math.max(stepMs, endMs - (basis.at(-1)?.t ?? endMs));
	const span = { horizonMs, stepMs: Math.max(stepMs, horizonMs / 40) };
	const forecast = forecastAstray(basis, span, execution.before?.usual);
	const last = samples.findLast(({ v }) => Number.isFinite(v));
	return {
		title,
		unit: spec.unit,
		startMs,
		endMs,
		lines: [
			{
				name: target ?? spec.metric,
				role: "value",
				points: samples.map(({ t, v }) => ({ t, v: Number.isFinite(v) ? v : null })),
			},
		],
		band: {
			points: [startMs, endMs].map((t) => ({ t, ...drawnBand(spec, samples) })),
			label: `expected ${rangeText(spec)}`,
		},
		...(forecast.length > 0
			? { forecast: { points: [...forecast], label: "if nothing had been done" } }
			: {}),
		actions: [
			{ t: execution.intendedAtMs, label: `${plan.doneLabel} ${timeToken(execution.intendedAtMs)}` },
			...(status === "rolled_back" && endedAtMs !== undefined
				? [{ t: endedAtMs, label: `taken back ${timeToken(endedAtMs)}` }]
				: []),
		],
		...(status === "succeeded" && endedAtMs !== undefined && execution.finishedAtMs !== undefined
			? {
					checked: {
						startMs: execution.finishedAtMs,
						endMs: endedAtMs,
						label: `verified ${timeToken(endedAtMs)}`,
					},
				}
			: {}),
		...(last ? { mark: { t: last.t, v: last.v, label: formatQuantity(last.v, spec.unit) } } : {}),
		gaps: gapsOf(samples, stepMs),
		alt: altText(title, spec, execution, samples),
	};
}

/** A side that does not count is drawn to where the values end, with some room. */
function drawnBand({ band }: VerificationSpec, samples: readonly Sample[]): { low: number; high: number } {
	const values = samples.map(({ v }) => v).filter((v) => Number.isFinite(v));
	const open = (edge: number) => Math.abs(edge) >= Number.MAX_SAFE_INTEGER;
	const low = open(band.low) ? Math.min(0, band.high, ...values) : band.low;
	return { low, high: open(band.high) ? Math.max(low, band.low, ...values) * 1.1 : band.high };
}

function altText(
	title: string,
	spec: VerificationSpec,
	{ before, intendedAtMs }: Execution,
	samples: readonly Sample[],
): string {
	const [first, last] = [samples[0], samples.findLast(({ v }) => Number.isFinite(v))];
	if (!first || !last) return `${title}. No samples in this span.`;
	const at = timeToken(intendedAtMs);
	const was = before
		? `${formatQuantity(before.value, spec.unit)} before the change at ${at}`
		: `Changed at ${at}`;
	const is = `${formatQuantity(last.v, spec.unit)} at the end, expected ${rangeText(spec)}`;
	return `${title}, ${timeToken(first.t)} to ${timeToken(last.t)}. ${was}, ${is}.`;
}
