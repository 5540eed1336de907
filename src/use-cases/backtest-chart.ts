import type { Sensitivity } from "../../models/define-bank.ts";
import { judgesTargets } from "../../models/target/judges-targets.ts";
import type { Chart } from "../domain/chart.ts";
import { formatNumber, formatQuantity, formatRange } from "../domain/quantity.ts";
import { sentenceCase } from "../domain/sentence-case.ts";
import { isAtLeast } from "../domain/severity.ts";
import { timeToken } from "../domain/time-text.ts";
import { shownBand } from "../domain/watch.ts";
import type { Backtest, BacktestFinding, BacktestSeries } from "./backtest-result.ts";

/** A chart can mark so many spans. */
const MOST_MARKS = 50;

/**
 * A replayed series with its band at one sensitivity, and what would have been reported of it. No label stands at the
 * marks: over weeks they would cover one another, and the table beside says them. The band has no numbers: its end is not
 * quite the band of the live detector, which has learned from more, and that is the one people are told. Pure.
 */
export function backtestChart(backtest: Backtest, series: BacktestSeries, sensitivity: Sensitivity): Chart {
	const { watch, startMs, endMs } = backtest;
	const own = backtest.outcomes[sensitivity].findings.filter((finding) => finding.series === series.key);
	const band = series.bands[sensitivity].map(({ t, low, high }) => {
		const shown = shownBand(watch, { low, high });
		return { t, low: rounded(shown.low), high: rounded(shown.high) };
	});
	const last = band.at(-1);
	const metric = sentenceCase(watch.metric);
	return {
		title: `${metric} of ${series.target}`,
		unit: watch.unit,
		startMs,
		endMs,
		lines: [
			{
				name: series.target,
				role: "value",
				points: series.points.map(({ t, v }) => ({ t, v: v === null ? null : rounded(v) })),
			},
		],
		...(last
			? {
					band: {
						points: band,
						label: judgesTargets(watch) ? `usual below ${formatNumber(last.high)}` : "expected range",
					},
				}
			: {}),
		outside: worstMarks(own).map(({ fromMs, toMs, severity }) => ({
			startMs: fromMs,
			endMs: toMs ?? endMs,
			severity,
			label: "",
		})),
		...(watch.limit
			? {
					limit: {
						value: watch.limit.value,
						label: `${watch.limit.name} ${formatQuantity(watch.limit.value, watch.unit)}`,
					},
				}
			: {}),
		gaps: gapsOf(series.points),
		alt: altText(backtest, metric, series, own),
	};
}

/** Where there are too many, the worst stay; in order of time. */
function worstMarks(findings: readonly BacktestFinding[]): readonly BacktestFinding[] {
	if (findings.length <= MOST_MARKS) return findings;
	return findings
		.toSorted((a, b) =>
			a.severity === b.severity ? b.score - a.score : isAtLeast(a.severity, b.severity) ? -1 : 1,
		)
		.slice(0, MOST_MARKS)
		.toSorted((a, b) => a.fromMs - b.fromMs);
}

/** Where the line stops and goes on. */
function gapsOf(points: BacktestSeries["points"]): { startMs: number; endMs: number }[] {
	return points.flatMap(({ v }, index) => {
		const [before, after] = [points[index - 1], points[index + 1]];
		return v === null && before && after ? [{ startMs: before.t, endMs: after.t }] : [];
	});
}

/** Seven digits are more than any picture shows, and a third of what a double is written with. */
function rounded(value: number): number {
	return Number(value.toPrecision(7));
}

function altText(
	{ watch, startMs, endMs }: Backtest,
	metric: string,
	{ target, points }: BacktestSeries,
	own: readonly BacktestFinding[],
): string {
	const what = `${metric} of ${target}, ${timeToken(startMs)} to ${timeToken(endMs)}.`;
	const values = points.flatMap(({ v }) => v ?? []);
	if (values.length === 0) return `${what} No samples in this span.`;
	const range = formatRange(Math.min(...values), Math.max(...values), watch.unit);
	if (own.length === 0) return `${what} Between ${range}; nothing would have been reported.`;
	const named = own
		.slice(-5)
		.map(({ fromMs, severity }) => `${timeToken(fromMs)} (${severity})`)
		.join(", ");
	const others = own.length > 5 ? ` and ${own.length - 5} before` : "";
	return `${what} Between ${range}; reported would have been ${named}${others}.`;
}
