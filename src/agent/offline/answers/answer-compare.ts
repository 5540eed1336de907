import { comparePeriods, type PeriodComparison } from "../../../../skills/compare-periods.ts";
import { momentText, spanText } from "../../../../skills/text/time-text.ts";
import { formatQuantity } from "../../../domain/quantity.ts";
import { sentenceCase } from "../../../domain/sentence-case.ts";
import type { Answered, AskedQuestion } from "../asked-question.ts";
import { askBack } from "../compose/ask-back.ts";
import { buildAnswer, type FactDraft } from "../compose/build-answer.ts";
import { metricChart } from "../compose/metric-chart.ts";
import { changeText, expectedText, subjectOf } from "../compose/words.ts";
import type { Against } from "../parse/parsed-question.ts";
import { HOUR_BEFORE } from "../parse/read-comparison.ts";
import { resolveSpan } from "../resolve-span.ts";
import { metricFor, resolveOneTarget } from "../resolve-targets.ts";

const HOUR_MS = 3_600_000;

/** A metric over a span and over the same span earlier. Without a metric: CPU of a host, traffic of a service. */
export async function answerCompare(asked: AskedQuestion): Promise<Answered> {
	const { parsed, targets, context, deps } = asked;
	const { slots } = parsed;
	const service = slots.mentions[0]?.target.kind === "service";
	const metric = slots.metrics[0] ?? (service ? "traffic" : "cpu");
	const resolved = resolveOneTarget(slots, metric, targets, deps);
	if ("ask" in resolved) return askBack(resolved, context);
	const { target } = resolved;
	const against = slots.against ?? HOUR_BEFORE;
	const base =
		slots.period && slots.period.kind !== "now"
			? resolveSpan(slots.period, context.nowMs, "avg")
			: { startMs: context.nowMs - Math.min(HOUR_MS, against.offsetMs), endMs: context.nowMs, words: "" };
	const startMs = base.startMs ?? base.endMs - HOUR_MS;
	const compared = await comparePeriods.run(deps, context, {
		target: target.name,
		metric: metricFor(metric, target),
		startMs,
		endMs: base.endMs,
		offsetMs: against.offsetMs,
		...(slots.aggregate === undefined ? {} : { aggregate: slots.aggregate }),
		...(slots.mountpoint === undefined || metric !== "disk" ? {} : { mountpoint: slots.mountpoint }),
	});
	const words = base.words === "" ? `in the last ${lengthText(base.endMs - startMs)}` : base.words;
	const { later } = compared;
	const chart = metricChart(later, context, {
		compared: { reading: compared.earlier, offsetMs: against.offsetMs, name: against.words },
	});
	return {
		answer: buildAnswer(
			{
				verdict: later.main ? "answered" : "no_data",
				text: sentenceOf(compared, against, words, asked),
				facts: factsOf(compared, against),
				...(chart ? { chart } : {}),
				span: `${spanText(startMs, base.endMs, context)}, compared with ${spanText(startMs - against.offsetMs, base.endMs - against.offsetMs, context)}`,
				suggestions: [
					`${later.quantity.label} of ${target.name} in the last 24 hours`,
					`compare ${later.quantity.label} of ${target.name} with ${against.offsetMs === HOUR_MS ? "yesterday" : "the hour before"}`,
					`what is wrong with ${target.name}`,
				],
			},
			context,
		),
	};
}

function sentenceOf(
	{ later, earlier }: PeriodComparison,
	against: Against,
	words: string,
	asked: AskedQuestion,
): string {
	const subject = sentenceCase(subjectOf(later, later.series[0]?.labels.mountpoint));
	if (!later.main) return `There is no data for ${subjectOf(later)} ${words}.`;
	const { value, unit, expected } = later.main;
	const how = later.aggregate === "max" ? " at its peak" : later.aggregate === "min" ? " at its lowest" : "";
	const head = `${subject} was ${formatQuantity(value, unit)}${how} ${words}`;
	const band = expected ? ` It is ${expectedText(expected, unit)} now.` : "";
	if (!earlier.main) {
		const first = later.series[0]?.samples[0]?.t;
		const since = first === undefined ? "" : ` Samples begin at ${momentText(first, asked.context)}.`;
		return `${head}. There is no data for ${against.words} to compare it with.${since}`;
	}
	const before = formatQuantity(earlier.main.value, unit);
	return `${head}, ${changeText(value, earlier.main.value, unit)} ${against.words} (${before}).${band}`;
}

function factsOf({ later, earlier }: PeriodComparison, against: Against): readonly FactDraft[] {
	const subject = sentenceCase(subjectOf(later, later.series[0]?.labels.mountpoint));
	const fact = (main: typeof later.main, label: string): FactDraft[] =>
		main ? [{ ...main, label, purpose: `${subject}, ${label.toLowerCase()}` }] : [];
	const peaks = [later, earlier].flatMap((reading, index): FactDraft[] =>
		reading.peak && reading.main
			? [
					{
						label: index === 0 ? "Peak" : `Peak, ${against.words}`,
						value: reading.peak.v,
						unit: reading.quantity.unit,
						query: reading.quantity.query,
						startMs: reading.startMs,
						endMs: reading.endMs,
					},
				]
			: [],
	);
	return [...fact(later.main, "This span"), ...fact(earlier.main, sentenceCase(against.words)), ...peaks];
}

function lengthText(ms: number): string {
	const minutes = Math.round(ms / 60_000);
	if (minutes === 60) return "hour";
	return minutes % 60 === 0 ? `${minutes / 60} hours` : `${minutes} minutes`;
}
