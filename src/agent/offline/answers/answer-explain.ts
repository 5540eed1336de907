import type { Explanation } from "../../../../skills/explain/explain-incident.ts";
import { explainIncidentSkill } from "../../../../skills/explain-incident.ts";
import { listIncidents } from "../../../../skills/list-incidents.ts";
import { METRIC_NAMES } from "../../../../skills/metrics/target.ts";
import { queryMetrics } from "../../../../skills/query-metrics.ts";
import { momentText } from "../../../../skills/text/time-text.ts";
import { afterChange, changeBefore, endedByItself } from "../../../domain/came-back-after.ts";
import { AppError } from "../../../domain/errors.ts";
import type { Incident } from "../../../domain/incident.ts";
import { formatDuration } from "../../../domain/quantity.ts";
import { sentenceCase } from "../../../domain/sentence-case.ts";
import { replaceTimes } from "../../../domain/time-text.ts";
import type { Answered, AskedQuestion } from "../asked-question.ts";
import { askBack } from "../compose/ask-back.ts";
import { type AnswerDraft, buildAnswer, type FactDraft, type QueryDraft } from "../compose/build-answer.ts";
import { metricChart } from "../compose/metric-chart.ts";
import { resolveSpan } from "../resolve-span.ts";
import { askAboutNames } from "../resolve-targets.ts";
import { outcomeText } from "./answer-outcome.ts";
import { answerValue } from "./answer-value.ts";

const RECENT_MS = 24 * 3_600_000;

/** Why an incident happened: the named one, that of the conversation, the open one of a target, else the newest. */
export async function answerExplain(asked: AskedQuestion): Promise<Answered> {
	const { parsed, targets, context, deps } = asked;
	const back = askAboutNames(parsed.slots, targets, "health");
	if (back && "ask" in back) return askBack(back, context);
	const incidentId = await findIncident(asked);
	if (incidentId === undefined) return await withoutIncident(asked);
	const found = await explain(asked, incidentId);
	if (!found) {
		const text = `There is no incident ${incidentId}.`;
		const suggestions = ["list the last 5 incidents", "what is wrong now"];
		return { answer: buildAnswer({ verdict: "not_understood", text, suggestions }, context) };
	}
	const { incident, anomalies, explanation } = found;
	const first = explanation.movedFirst;
	const metric = METRIC_NAMES.find(
		(name) => name === deps.watches().find((watch) => watch.name === first?.anomaly.watch)?.kind,
	);
	const target = targets.find((one) => one.name === incident.target);
	const endMs = incident.resolvedAtMs ?? context.nowMs;
	const startMs = Math.min(first?.atMs ?? incident.openedAtMs, endMs) - 15 * 60_000;
	const reading =
		metric && target
			? await queryMetrics.run(deps, context, {
					target: target.name,
					metric,
					startMs,
					endMs,
					aggregate: "max",
				})
			: undefined;
	const chart = reading ? metricChart(reading, context, { anomalies }) : undefined;
	const text = replaceTimes(explanation.text, (atMs) => momentText(atMs, context));
	return {
		answer: buildAnswer(
			{
				text: [introOf(incident), text, await doneText(asked, incident), askedText(asked, explanation)]
					.filter((part) => part !== "")
					.join(" "),
				facts: factsOf(explanation, endMs),
				queries: queriesOf(explanation, startMs, endMs),
				...(chart ? { chart } : {}),
				span: { startMs, endMs },
				suggestions: nextQuestions(asked, incident),
			},
			context,
		),
		incidentId: incident.id,
	};
}

async function findIncident({
	parsed,
	deps,
	context,
	incidentId,
}: AskedQuestion): Promise<string | undefined> {
	const { slots } = parsed;
	if (slots.incidentId) return slots.incidentId;
	const target = slots.mentions[0]?.target.name;
	if (incidentId && target === undefined) return incidentId;
	const about = target === undefined ? {} : { target };
	const { items: open } = await listIncidents.run(deps, context, { status: "open", limit: 1, ...about });
	if (open[0]) return open[0].id;
	const at = slots.period ? resolveSpan(slots.period, context.nowMs, "avg") : undefined;
	const sinceMs = at?.startMs ?? context.nowMs - RECENT_MS;
	const { items } = await listIncidents.run(deps, context, { limit: 10, sinceMs, ...about });
	const [metric] = slots.metrics;
	if (metric === undefined || target === undefined) return items[0]?.id;
	const kinds = new Map(deps.watches().map((watch) => [watch.name, watch.kind]));
	const alike = await Promise.all(
		items.map(async ({ id }) =>
			(await deps.stores.anomalies.ofIncident(id)).some((one) => kinds.get(one.watch) === metric),
		),
	);
	return items.find((_, index) => alike[index])?.id;
}

async function explain({ deps, context }: AskedQuestion, incidentId: string) {
	try {
		return await explainIncidentSkill.run(deps, context, { incidentId });
	} catch (error) {
		if (error instanceof AppError && error.code === "not_found") return undefined;
		throw error;
	}
}

/** Nothing was found wrong: the value that was asked about, if any, shows whether it is as usual. */
async function withoutIncident(asked: AskedQuestion): Promise<Answered> {
	const { slots } = asked.parsed;
	const target = slots.mentions[0]?.target.name;
	const head = `No incident ${target === undefined ? "was found in the last 24 hours" : `of ${target} was found`}, so there is nothing to explain.`;
	const suggestions = ["what is wrong now", "summarize the last 5 anomalies", "list the last 5 incidents"];
	if (slots.metrics.length === 0 || target === undefined) {
		const draft: AnswerDraft = {
			text: head,
			suggestions,
			span: { endMs: asked.context.nowMs },
		};
		return { answer: buildAnswer(draft, asked.context) };
	}
	const value = await answerValue(asked);
	return { answer: { ...value.answer, text: `${head} ${value.answer.text}` } };
}

/** Where another metric was asked about than the one that moved: that it did not. */
function askedText({ parsed, deps }: AskedQuestion, { ruledOut }: Explanation): string {
	const [metric] = parsed.slots.metrics;
	const watches = deps.watches().filter((watch) => watch.kind === metric);
	const still = ruledOut.find((one) => watches.some((watch) => watch.query === one.query));
	return still && !still.metric.startsWith("traffic") ? `${sentenceCase(still.text)}.` : "";
}

/** What was done about an incident that is over. */
async function doneText({ deps, context }: AskedQuestion, incident: Incident): Promise<string> {
	if (incident.status === "open") return "";
	const { items } = await deps.stores.approvals.list({ incidentId: incident.id }, { limit: 20 });
	const done =
		items.find((one) => one.status === "succeeded") ?? items.find((one) => one.status === "failed");
	const change = changeBefore(incident);
	if (!done && change) return `It ended ${afterChange(change)}.`;
	if (!done) return endedByItself(incident) ? "It ended by itself." : "";
	const helped = incident.outcome === "remediated" ? " It helped." : "";
	return `${outcomeText(done, context)}${helped}`;
}

function introOf(incident: Incident): string {
	const state =
		incident.status === "open"
			? "open"
			: `ended after ${formatDuration((incident.resolvedAtMs ?? incident.openedAtMs) - incident.openedAtMs)}`;
	return `${incident.id} of ${incident.target}, ${incident.severity}, ${state}.`;
}

function factsOf({ movedFirst, ruledOut }: Explanation, endMs: number): readonly FactDraft[] {
	if (!movedFirst) return [];
	const { metric, unit, value, band, query, anomaly } = movedFirst;
	const shared = { unit, query, expected: band, endMs };
	return [
		{ ...shared, label: sentenceCase(metric), value },
		...(Math.abs(anomaly.peak - band.low) <= Math.abs(value - band.low)
			? []
			: [{ ...shared, label: "Furthest", value: anomaly.peak }]),
		...ruledOut.map((one) => ({
			label: `${sentenceCase(one.metric)}, did not move`,
			value: one.value,
			unit: one.unit,
			query: one.query,
			endMs,
			...(one.band ? { expected: one.band } : {}),
		})),
	];
}

function queriesOf({ queries }: Explanation, startMs: number, endMs: number): readonly QueryDraft[] {
	return queries.map(({ query, purpose }) => ({ query, purpose, startMs, endMs }));
}

function nextQuestions({ deps }: AskedQuestion, incident: Incident): readonly string[] {
	const restartable = deps
		.watches()
		.some(
			(watch) =>
				watch.remediation?.name === "restart-service" &&
				"name" in watch.target &&
				watch.target.name === incident.target,
		);
	return [
		...(incident.status === "open" && restartable ? [`restart ${incident.target}`] : []),
		`what is wrong with ${incident.target}`,
		"what is wrong now",
		"summarize the last 5 anomalies",
	];
}
