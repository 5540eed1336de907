import type { Chart } from "../domain/chart.ts";
import { formatNumber } from "../domain/quantity.ts";
import { sentenceCase } from "../domain/sentence-case.ts";
import { sameLabels } from "../domain/time-series.ts";
import { timeToken } from "../domain/time-text.ts";
import { shownBand } from "../domain/watch.ts";
import type { WatchBoard } from "../ports/watch-board.ts";
import { gapsOf, type IncidentChartInput } from "./incident-chart.ts";

const LEAD_MS = 45 * 60_000;
const TAIL_MS = 600_000;

/**
 * The chart of a finding on a whole target: its score, which no query gives, as the board has it. Without a forecast, for
 * a score is no quantity. Undefined where the board has less than two points of the span. Pure.
 */
export function drawUpTargetChart(
	board: Pick<WatchBoard, "reading">,
	input: IncidentChartInput,
): Chart | undefined {
	const { watch, anomaly, execution, nowMs } = input;
	const endedAtMs = input.endedAtMs ?? nowMs;
	const endMs = Math.min(nowMs, endedAtMs + TAIL_MS);
	const leadMs = Math.max(LEAD_MS, endMs - anomaly.outsideSinceMs + TAIL_MS);
	const fromMs = endMs - (input.windowMs ?? leadMs);
	const series = board.reading(watch.name)?.series.find(({ labels }) => sameLabels(labels, anomaly.labels));
	const points = (series?.points ?? []).filter(({ t }) => t >= fromMs && t <= endMs);
	const [first, last] = [points[0], points.at(-1)];
	if (!first || !last || points.length < 2) return undefined;
	const startMs = Math.min(first.t, anomaly.outsideSinceMs);
	const band = shownBand(watch, anomaly.band);
	const since = timeToken(anomaly.outsideSinceMs);
	const score = formatNumber(last.v);
	return {
		title: `${sentenceCase(watch.metric)} of ${anomaly.target}`,
		unit: watch.unit,
		startMs,
		endMs,
		lines: [{ name: anomaly.target, role: "value", points: points.map(({ t, v }) => ({ t, v })) }],
		band: {
			points: [startMs, endMs].map((t) => ({ t, ...band })),
			label: `usual below ${formatNumber(band.high)}`,
		},
		outside: [
			{
				startMs: anomaly.outsideSinceMs,
				endMs: Math.min(anomaly.closedAtMs ?? endMs, endMs),
				severity: anomaly.severity,
				label: `abnormal since ${since}`,
			},
		],
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
		mark: { t: last.t, v: last.v, label: `${anomaly.closedAtMs === undefined ? "now " : ""}${score}` },
		gaps: gapsOf(points, watch.intervalSeconds * 1000),
		alt: `How unusual the metrics of ${anomaly.target} are together, ${timeToken(first.t)} to ${timeToken(last.t)}. Above ${formatNumber(band.high)} since ${since}, up to ${formatNumber(anomaly.peak)}.`,
	};
}
