import { forecast, type LimitForecast } from "../../../../skills/forecast.ts";
import { momentText } from "../../../../skills/text/time-text.ts";
import { formatDuration, formatNumber, formatQuantity } from "../../../domain/quantity.ts";
import { sentenceCase } from "../../../domain/sentence-case.ts";
import type { Answered, AskedQuestion } from "../asked-question.ts";
import { askBack } from "../compose/ask-back.ts";
import { buildAnswer, type FactDraft } from "../compose/build-answer.ts";
import { metricChart } from "../compose/metric-chart.ts";
import { subjectOf } from "../compose/words.ts";
import { resolveSpan } from "../resolve-span.ts";
import { resolveOneTarget } from "../resolve-targets.ts";

/** When the disk, or another limited quantity, is full. The disk of the host where nothing else is said. */
export async function answerForecast(asked: AskedQuestion): Promise<Answered> {
	const { parsed, targets, context, deps } = asked;
	const { slots } = parsed;
	const metric = slots.metrics[0] ?? "disk";
	const resolved = resolveOneTarget(slots, metric, targets, deps.watches());
	if ("ask" in resolved) return askBack(resolved, context);
	const { target } = resolved;
	const span =
		slots.period && slots.period.kind !== "unreadable"
			? resolveSpan(slots.period, context.nowMs, "avg")
			: undefined;
	const found = await forecast.run(deps, context, {
		target: target.name,
		metric,
		...(span?.startMs === undefined ? {} : { startMs: span.startMs }),
		...(slots.mountpoint === undefined || metric !== "disk" ? {} : { mountpoint: slots.mountpoint }),
	});
	const { reading, limit, points } = found;
	const chart = metricChart(reading, context, { forecast: points, ...(limit ? { limit } : {}) });
	return {
		answer: buildAnswer(
			{
				verdict: reading.main ? "answered" : "no_data",
				text: sentenceOf(found, asked),
				facts: factsOf(found),
				...(chart ? { chart } : {}),
				span: {
					startMs: found.historyMs > 0 ? context.nowMs - found.historyMs : undefined,
					endMs: context.nowMs,
				},
				suggestions: [
					`${reading.quantity.label} of ${target.name} in the last 6 hours`,
					metric === "disk" ? "when will memory run out" : "when will the disk be full",
					"what is wrong now",
				],
			},
			context,
		),
	};
}

function sentenceOf({ reading, limit, reach, perHour }: LimitForecast, { context }: AskedQuestion): string {
	const subject = sentenceCase(subjectOf(reading, reading.series[0]?.labels.mountpoint));
	if (!reading.main) return `There is no data for ${subjectOf(reading)}, so when it is full is not known.`;
	const { unit } = reading.quantity;
	const now = `${subject} is ${formatQuantity(reading.main.value, reading.main.unit)} now`;
	const pace =
		perHour === undefined
			? ""
			: `, ${perHour < 0 ? "falling" : "rising"} ${paceText(Math.abs(perHour), unit)} an hour`;
	if (!limit || !reach) return `${now}${pace}. No limit of it is known, so when it is reached is not known.`;
	const name = limit.name === "full" ? "full" : `at ${formatQuantity(limit.value, unit)}`;
	if ("never" in reach)
		return `Not filling up: ${now.charAt(0).toLowerCase()}${now.slice(1)} and ${reach.never.replace("it is ", "")}.`.replace(
			/: (cpu)/,
			(text) => text.toUpperCase(),
		);
	if ("notKnown" in reach) return `Not known: ${reach.notKnown}. ${now}.`;
	if (reach.atMs <= context.nowMs) return `${now}: it is ${name} already.`;
	const at = momentText(reach.atMs, context);
	const [earliest, latest] = [momentText(reach.earliestMs, context), momentText(reach.latestMs, context)];
	const range = earliest === latest ? "" : ` (80\u00a0% range ${earliest} – ${latest})`;
	return `About ${at}, in ${formatDuration(reach.atMs - context.nowMs)}: then ${subjectOf(reading)} is ${name} if nothing is done${range}. It is ${formatQuantity(reading.main.value, reading.main.unit)} now${pace}.`;
}

function paceText(perHour: number, unit: LimitForecast["reading"]["quantity"]["unit"]): string {
	return unit === "percent" ? `${formatNumber(perHour)} points` : formatQuantity(perHour, unit);
}

function factsOf({ reading, limit, perHour, basis }: LimitForecast): readonly FactDraft[] {
	const { quantity, startMs, endMs, stepMs } = reading;
	const shared = { unit: quantity.unit, query: quantity.query, startMs, endMs, stepMs };
	return [
		...(reading.main ? [{ ...reading.main, label: `${sentenceCase(reading.main.label)} now` }] : []),
		...(limit ? [{ ...shared, label: "Limit", value: limit.value }] : []),
		...(perHour === undefined
			? []
			: [{ ...shared, label: "Change an hour", value: perHour, note: `by the ${basis}` }]),
		...reading.beside.filter((one) => one.label === "Free"),
	];
}
