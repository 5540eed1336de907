import type { z } from "zod";
import { formatQuantity } from "../../src/domain/quantity.ts";
import { backtestChart } from "../../src/use-cases/backtest-chart.ts";
import type { Backtest, BacktestFinding, BacktestOutcome } from "../../src/use-cases/backtest-result.ts";
import {
	backtestSentence,
	groundText,
	knobSentence,
	lastedText,
} from "../../src/use-cases/backtest-words.ts";
import { expectedText } from "../../src/use-cases/describe-finding.ts";
import { finiteChart } from "../../src/use-cases/finite-chart.ts";
import { isoTime, optionalTime } from "./iso-time.ts";
import type { BacktestView } from "./watch-schema.ts";

/** A replay with its charts at each sensitivity. */
export function backtestView(backtest: Backtest): z.input<typeof BacktestView> {
	const { watch, outcomes, endMs } = backtest;
	const finding = (one: BacktestFinding) => ({
		series: one.series,
		target: one.target,
		from: isoTime(one.fromMs),
		opened: isoTime(one.openedMs),
		...optionalTime("to", one.toMs),
		severity: one.severity,
		score: finite(one.score),
		peak: finite(one.peak),
		peakText: formatQuantity(one.peak, watch.unit),
		expectedText: expectedText(watch, one.band),
		lastedText: lastedText(one, endMs),
		reason: one.reason,
	});
	const outcome = ({ count, findings, perDay }: BacktestOutcome) => ({
		count,
		findings: findings.map(finding),
		perDay: perDay.map((day) => ({ ...day })),
	});
	const chart = (series: Backtest["series"][number], which: Backtest["sensitivity"]) =>
		finiteChart(backtestChart(backtest, series, which));
	return {
		watch: watch.name,
		metric: watch.metric,
		unit: watch.unit,
		query: watch.query,
		detector: backtest.detector,
		sensitivity: backtest.sensitivity,
		from: isoTime(backtest.startMs),
		to: isoTime(endMs),
		warmUpEnd: isoTime(backtest.warmUpEndMs),
		stepSeconds: backtest.stepSeconds,
		points: backtest.points,
		seriesReplayed: backtest.seriesReplayed,
		sentence: backtestSentence(backtest),
		knob: knobSentence(backtest),
		ground: groundText(backtest),
		notes: [...backtest.notes],
		outcomes: {
			low: outcome(outcomes.low),
			normal: outcome(outcomes.normal),
			high: outcome(outcomes.high),
		},
		series: backtest.series.map((one) => ({
			key: one.key,
			target: one.target,
			charts: { low: chart(one, "low"), normal: chart(one, "normal"), high: chart(one, "high") },
		})),
	};
}

/** JSON has no infinities: the largest double stands for them. */
function finite(value: number): number {
	return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value));
}
