import { describeState, type SystemState, type WatchedValue } from "../../../../skills/describe-state.ts";
import { listAnomalies } from "../../../../skills/list-anomalies.ts";
import type { MetricName } from "../../../../skills/metrics/target.ts";
import { METRIC_NAMES } from "../../../../skills/metrics/target.ts";
import { queryMetrics } from "../../../../skills/query-metrics.ts";
import { momentText } from "../../../../skills/text/time-text.ts";
import { formatQuantity } from "../../../domain/quantity.ts";
import { sentenceCase } from "../../../domain/sentence-case.ts";
import { unknownOutcomeText } from "../../../domain/unknown-outcome.ts";
import type { Answered, AskedQuestion } from "../asked-question.ts";
import { askBack } from "../compose/ask-back.ts";
import { buildAnswer, type FactDraft } from "../compose/build-answer.ts";
import { metricChart } from "../compose/metric-chart.ts";
import { countText, expectedText, listText } from "../compose/words.ts";
import { listBounds } from "../resolve-span.ts";
import { askAboutNames } from "../resolve-targets.ts";

/** What is wrong now, overall or with one target. */
export async function answerStatus(asked: AskedQuestion): Promise<Answered> {
	const { parsed, targets, context, deps } = asked;
	const back = askAboutNames(parsed.slots, targets, "health");
	if (back && "ask" in back) return askBack(back, context);
	const target = parsed.slots.mentions[0]?.target.name;
	const bounds = listBounds(parsed.slots.period, context.nowMs);
	const state = await describeState.run(deps, context, {
		...(target === undefined ? {} : { target }),
		...(bounds.sinceMs === undefined ? {} : { sinceMs: bounds.sinceMs }),
	});
	const chart = await worstChart(asked, state);
	const shown = [...state.outside, ...(target === undefined ? [] : state.inside)];
	const [incident] = state.open;
	return {
		answer: buildAnswer(
			{
				text: [
					unknownOutcomeText(state.unknown),
					wrongText(state, target, asked.keepsBack),
					endedText(state, bounds.words),
					pendingText(state),
					doubtText(asked, state),
				]
					.filter((part) => part !== "")
					.join(" "),
				facts: shown.map((value) => factOf(value, target === undefined)),
				...(chart ? { chart } : {}),
				...(state.outside.length >= 3 ? { table: tableOf(state.outside) } : {}),
				span: { startMs: bounds.sinceMs, endMs: context.nowMs },
				suggestions: [
					...(incident ? [`why did ${incident.id} happen`] : []),
					"summarize the last 5 anomalies",
					"which process uses most cpu",
					"when will the disk be full",
				],
			},
			context,
		),
		...(incident ? { incidentId: incident.id } : {}),
	};
}

function wrongText(state: SystemState, target: string | undefined, keepsBack = false): string {
	const about = target === undefined ? "" : ` with ${target}`;
	const [first, ...more] = state.open;
	if (first) {
		const others =
			more.length === 0 ? "" : ` ${sentenceCase(countText(more.length, "other is", "others are"))} open.`;
		const worst = state.outside.find((value) => value.target === first.target);
		const number = worst
			? ` ${sentenceCase(worst.label)} is ${formatQuantity(worst.value, worst.unit)}${worst.expected ? `, ${expectedText(worst.expected, worst.unit)}` : ""}.`
			: "";
		return `${first.id} is open, ${first.severity}: ${first.title}.${number}${others}`;
	}
	if (state.outside.length > 0) {
		const names = state.outside.slice(0, 3).map((value) => `${value.label} of ${value.target}`);
		return `${sentenceCase(listText(names))} ${names.length === 1 ? "is" : "are"} abnormal.`;
	}
	if (state.watches === 0 && target !== undefined)
		return `Nothing of ${target} is watched, so its state is not known.`;
	const judged = state.watches - state.learning - state.failed.length - state.stale.length;
	if (judged <= 0)
		return `Nothing${state.unknown.length > 0 ? " else" : ""} is known to be wrong${about}, but no watch is ready to tell.`;
	const unread = state.failed.length + state.stale.length;
	if (unread > 0)
		return `Not everything can be read now: ${unread} of ${countText(state.watches, "watch", "watches")} can't tell. The others are inside their bands.`;
	const nothing =
		keepsBack && target === undefined
			? `Nothing${state.unknown.length > 0 ? " else" : ""} that may be told here is wrong`
			: `Nothing${state.unknown.length > 0 ? " else" : ""} is wrong${about}`;
	return `${nothing} now. ${countText(judged, "watch is", "watches are")} checked, and none is outside its band.`;
}

function endedText({ ended }: SystemState, when: string): string {
	if (when === "") return "";
	if (ended.length === 0) return `No incident ended${when}.`;
	const names = ended.slice(0, 3).map((incident) => `${incident.id} (${incident.title})`);
	return `Ended${when}: ${listText(names)}.`;
}

function pendingText({ pending }: SystemState): string {
	const [first, ...more] = pending;
	if (!first) return "";
	const others = more.length === 0 ? "" : ` and ${more.length} more`;
	return `${first.id} waits for approval (${first.plan.title})${others}.`;
}

function doubtText({ context }: AskedQuestion, { learning, failed, stale }: SystemState): string {
	const parts = [
		...(learning > 0 ? [`${countText(learning, "watch is", "watches are")} still learning`] : []),
		...(failed.length > 0 ? [`${shortList(failed.map((one) => one.watch))} can't be checked`] : []),
		...(stale.length > 0
			? [`${shortList(stale.map((one) => one.watch))} had no new samples ${sinceText(stale, context)}`]
			: []),
	];
	return parts.length === 0 ? "" : `${sentenceCase(parts.join("; "))}.`;
}

/** Three names, then how many others. */
function shortList(names: readonly string[]): string {
	const others = names.length - 3;
	if (others <= 0) return listText(names);
	return `${names.slice(0, 3).join(", ")} and ${countText(others, "other", "others")}`;
}

/** Since when the first of them had none. */
function sinceText(stale: SystemState["stale"], context: AskedQuestion["context"]): string {
	const known = stale.flatMap((one) => one.newestMs ?? []);
	return known.length === 0 ? "yet" : `since ${momentText(Math.min(...known), context)}`;
}

function factOf(value: WatchedValue, named: boolean): FactDraft {
	const label = named ? `${sentenceCase(value.label)} of ${value.target}` : sentenceCase(value.label);
	return { ...value, label };
}

function tableOf(values: readonly WatchedValue[]) {
	const columns = [
		{ title: "Target", align: "left" },
		{ title: "Metric", align: "left" },
		{ title: "Now", align: "right" },
		{ title: "Expected", align: "right" },
	] as const;
	const rows = values.map((value) => [
		value.target,
		value.label,
		formatQuantity(value.value, value.unit),
		value.expected ? expectedText(value.expected, value.unit).replace("expected ", "") : "not known",
	]);
	return { columns, rows };
}

/** The chart of what is furthest off, where it is a metric of a known target. */
async function worstChart({ deps, context, targets }: AskedQuestion, state: SystemState) {
	const [worst] = state.outside;
	const watch = worst ? deps.board.reading(worst.watch)?.watch : undefined;
	const metric: MetricName | undefined = METRIC_NAMES.find((name) => name === watch?.kind);
	const target = targets.find((one) => one.name === worst?.target);
	if (!worst || !metric || !target) return undefined;
	const [reading, { items }] = await Promise.all([
		queryMetrics.run(deps, context, { target: target.name, metric }),
		listAnomalies.run(deps, context, { target: target.name, status: "open", limit: 20 }),
	]);
	return metricChart(reading, context, { anomalies: items });
}
