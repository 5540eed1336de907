import { listAnomalies } from "../../../../skills/list-anomalies.ts";
import type { MetricReading } from "../../../../skills/metrics/read-metric.ts";
import type { MetricName, Target } from "../../../../skills/metrics/target.ts";
import { queryMetrics } from "../../../../skills/query-metrics.ts";
import { momentText } from "../../../../skills/text/time-text.ts";
import { formatQuantity } from "../../../domain/quantity.ts";
import { sentenceCase } from "../../../domain/sentence-case.ts";
import type { Answered, AskedQuestion } from "../asked-question.ts";
import { askBack } from "../compose/ask-back.ts";
import { buildAnswer, type FactDraft, type QueryDraft } from "../compose/build-answer.ts";
import { metricChart } from "../compose/metric-chart.ts";
import { valueSentence } from "../compose/value-sentence.ts";
import { expectedText, nameOf, subjectOf } from "../compose/words.ts";
import { type AskedSpan, resolveSpan } from "../resolve-span.ts";
import { metricFor, resolveTargets } from "../resolve-targets.ts";

const MOST_READINGS = 8;

/** What is the CPU / memory / disk / load / traffic / error rate / latency of X, now or over a span. */
export async function answerValue(asked: AskedQuestion): Promise<Answered> {
	const { parsed, targets, context } = asked;
	const { slots } = parsed;
	const wanted: (readonly [Target, MetricName])[] = [];
	for (const metric of slots.metrics) {
		const resolved = resolveTargets(slots, metric, targets, asked.deps);
		if ("ask" in resolved) return askBack(resolved, context);
		wanted.push(...resolved.targets.map((target) => [target, metricFor(metric, target)] as const));
	}
	const span = resolveSpan(slots.period, context.nowMs, spanAggregate(asked));
	const readings = await Promise.all(
		wanted.slice(0, MOST_READINGS).map(([target, metric]) =>
			queryMetrics.run(asked.deps, context, {
				target: target.name,
				metric,
				endMs: span.endMs,
				...(span.startMs === undefined ? {} : { startMs: span.startMs }),
				...(slots.aggregate === undefined ? {} : { aggregate: slots.aggregate }),
				...(slots.mountpoint === undefined || metric !== "disk" ? {} : { mountpoint: slots.mountpoint }),
			}),
		),
	);
	return readings.length === 1 && readings[0]
		? one(asked, readings[0], span)
		: several(asked, readings, span);
}

/** A percentile of latency is a form of the metric and needs no span; every other aggregate does. */
function spanAggregate({ parsed: { slots } }: AskedQuestion) {
	const form = typeof slots.aggregate === "number" && slots.metrics.every((metric) => metric === "latency");
	return form ? undefined : slots.aggregate;
}

async function one(asked: AskedQuestion, reading: MetricReading, span: AskedSpan): Promise<Answered> {
	const { context, parsed } = asked;
	const found = await listAnomalies.run(asked.deps, context, {
		target: reading.target.name,
		limit: 20,
		sinceMs: reading.startMs - 86_400_000,
	});
	const extreme =
		reading.aggregate === "max" ? reading.peak : reading.aggregate === "min" ? reading.least : undefined;
	const chart = metricChart(reading, context, {
		anomalies: found.items,
		...(reading.expectation?.watch.limit ? { limit: reading.expectation.watch.limit } : {}),
		...(extreme
			? {
					mark: {
						sample: extreme,
						words: `${formatQuantity(extreme.v, reading.quantity.unit)} at ${momentText(extreme.t, context)}`,
					},
				}
			: {}),
	});
	const past = span.startMs !== undefined || span.endMs < context.nowMs;
	return {
		answer: buildAnswer(
			{
				verdict: reading.main ? "answered" : "no_data",
				text: valueSentence(reading, span, context, parsed.slots.free === true),
				facts: factsOf(reading, span.startMs !== undefined),
				queries: [seriesQuery(reading)],
				...(chart ? { chart } : {}),
				span,
				suggestions: nextQuestions(reading, past),
			},
			context,
		),
	};
}

function factsOf(reading: MetricReading, overSpan: boolean): readonly FactDraft[] {
	const { main, average, peak, quantity, startMs, endMs, stepMs, beside, aggregate } = reading;
	if (!main) return [];
	const subject = sentenceCase(subjectOf(reading, reading.series[0]?.labels.mountpoint));
	const note = main.expected
		? expectedText(main.expected, main.unit)
		: reading.expectation?.learning
			? "still learning what is usual"
			: undefined;
	const around = { unit: quantity.unit, query: reading.quantity.query, startMs, endMs, stepMs };
	const lead = overSpan ? "" : " of the half hour before";
	return [
		{ ...main, label: sentenceCase(main.label), purpose: subject, ...(note ? { note } : {}) },
		...beside.map((fact) => ({ ...fact, purpose: `${fact.label}, ${subject}` })),
		...(average !== undefined &&
		overSpan &&
		aggregate !== undefined &&
		aggregate !== "avg" &&
		reading.metric !== "latency"
			? [{ ...around, label: "Average", value: average }]
			: []),
		...(peak && aggregate !== "max" ? [{ ...around, label: `Peak${lead}`, value: peak.v }] : []),
	];
}

function seriesQuery(reading: MetricReading): QueryDraft {
	const { startMs, endMs, quantity } = reading;
	return { query: quantity.query, purpose: `${subjectOf(reading)}, the line of the chart`, startMs, endMs };
}

function nextQuestions(reading: MetricReading, past: boolean): readonly string[] {
	const { name } = reading.target;
	const words = reading.quantity.label.replace(/^\d.* latency$/, "latency");
	const more =
		reading.target.kind === "host" ? "which process uses most memory" : `what is wrong with ${name}`;
	return [
		past ? `${words} of ${name} now` : `${words} of ${name} in the last 6 hours`,
		`compare ${words} of ${name} with yesterday`,
		more,
	];
}

/** Three or more values are a table; two are two facts. */
function several(asked: AskedQuestion, readings: readonly MetricReading[], span: AskedSpan): Answered {
	const { context } = asked;
	const known = readings.filter((reading) => reading.main);
	const [first] = known;
	const alike = known.filter(
		(reading) => reading.metric === first?.metric && reading.quantity.unit === first.quantity.unit,
	);
	const chart = first ? metricChart(first, context, { others: alike.slice(1) }) : undefined;
	const sentences = readings.slice(0, 3).map((reading) => valueSentence(reading, span, context, false, true));
	const rows = readings.map((reading) => [
		reading.target.name,
		sentenceCase(reading.quantity.label),
		reading.main ? formatQuantity(reading.main.value, reading.main.unit) : "no data",
		reading.main?.expected ? expectedText(reading.main.expected, reading.main.unit) : "not known",
	]);
	return {
		answer: buildAnswer(
			{
				verdict: first ? "answered" : "no_data",
				text: sentences.join(" "),
				facts: known.flatMap((reading) =>
					reading.main
						? [
								{
									...reading.main,
									label: `${sentenceCase(reading.quantity.label)} of ${nameOf(reading.target)}`,
								},
							]
						: [],
				),
				...(chart ? { chart } : {}),
				...(rows.length >= 3 ? { table: { columns: COLUMNS, rows } } : {}),
				span,
				suggestions: first ? nextQuestions(first, span.startMs !== undefined) : ["what is wrong now"],
			},
			context,
		),
	};
}

const COLUMNS = [
	{ title: "Target", align: "left" },
	{ title: "Metric", align: "left" },
	{ title: "Value", align: "right" },
	{ title: "Expected", align: "right" },
] as const;
