import { type AnomalyView, listAnomalies } from "../../../../skills/list-anomalies.ts";
import { listIncidents } from "../../../../skills/list-incidents.ts";
import { momentText, type Reader } from "../../../../skills/text/time-text.ts";
import { afterChange, changeBefore, endedByItself } from "../../../domain/came-back-after.ts";
import type { Incident } from "../../../domain/incident.ts";
import { isHigh } from "../../../domain/left-band.ts";
import { formatDuration, formatQuantity } from "../../../domain/quantity.ts";
import { sentenceCase } from "../../../domain/sentence-case.ts";
import type { Answered, AskedQuestion } from "../asked-question.ts";
import { askBack } from "../compose/ask-back.ts";
import { buildAnswer, type FactDraft } from "../compose/build-answer.ts";
import { countText, expectedText, listText } from "../compose/words.ts";
import { listBounds } from "../resolve-span.ts";
import { askAboutNames } from "../resolve-targets.ts";

type Bounds = ReturnType<typeof listBounds>;

/** The last N anomalies, summed up. */
export async function answerAnomalies(asked: AskedQuestion): Promise<Answered> {
	const { parsed, targets, context, deps } = asked;
	const { slots } = parsed;
	const back = askAboutNames(slots, targets, "anomalies");
	if (back && "ask" in back) return askBack(back, context);
	const bounds = listBounds(slots.period, context.nowMs);
	const limit = Math.min(50, slots.count ?? (slots.period ? 20 : 5));
	const target = slots.mentions[0]?.target.name;
	const { items, more } = await listAnomalies.run(deps, context, { limit, ...filterOf(bounds, target) });
	const about = target === undefined ? "" : ` on ${target}`;
	const text =
		items.length === 0
			? `No anomalies${openText(asked, target)} were found${about}${bounds.words}. ${watchedText(deps.board.readings().length)}`
			: `${summaryText(items, more, target, bounds.words)} ${newestText(items[0], context)}`;
	return {
		answer: buildAnswer(
			{
				text,
				facts: items.slice(0, 4).map(anomalyFact),
				...(items.length >= 3 ? { table: anomalyTable(items, context) } : {}),
				span: spanOf(bounds, items.at(-1)?.outsideSinceMs, context),
				suggestions: ["why did this incident happen", "what is wrong now", "list the last 5 incidents"],
			},
			context,
		),
		...(items[0] ? { incidentId: items[0].incidentId } : {}),
	};
}

/** The incidents of a span or the last N. */
export async function answerIncidents(asked: AskedQuestion): Promise<Answered> {
	const { parsed, targets, context, deps } = asked;
	const { slots } = parsed;
	const back = askAboutNames(slots, targets, "incidents");
	if (back && "ask" in back) return askBack(back, context);
	const bounds = listBounds(slots.period, context.nowMs);
	const limit = Math.min(50, slots.count ?? (slots.period ? 20 : 5));
	const target = slots.mentions[0]?.target.name;
	const { items, more } = await listIncidents.run(deps, context, { limit, ...filterOf(bounds, target) });
	const open = items.filter((incident) => incident.status === "open").length;
	const count = `${more ? "The last " : ""}${countText(items.length, "incident", "incidents")}`;
	const about = target === undefined ? "" : ` on ${target}`;
	const [newest] = items;
	const text = newest
		? more && items.length === 1
			? `The newest incident${about}${bounds.words} is ${newest.id}, ${newest.status === "open" ? "still open" : "over"}: ${newest.title}.`
			: `${count}${about}${bounds.words}, ${open === 0 ? "none" : open} open. The newest is ${newest.id}: ${newest.title}.`
		: `No incidents${openText(asked, target)}${about}${bounds.words}.`;
	return {
		answer: buildAnswer(
			{
				text,
				...(items.length >= 3 ? { table: incidentTable(items, context) } : {}),
				span: spanOf(bounds, items.at(-1)?.openedAtMs, context),
				suggestions: [
					...(newest ? [`why did ${newest.id} happen`] : []),
					"what is wrong now",
					"summarize the last 5 anomalies",
				],
			},
			context,
		),
		...(newest ? { incidentId: newest.id } : {}),
	};
}

/** Where something may be kept back, "none" is said of the rest only. */
function openText({ keepsBack }: AskedQuestion, target: string | undefined): string {
	return keepsBack && target === undefined ? " that may be told here" : "";
}

function filterOf({ sinceMs, untilMs }: Bounds, target: string | undefined) {
	return {
		...(target === undefined ? {} : { target }),
		...(sinceMs === undefined ? {} : { sinceMs }),
		...(untilMs === undefined ? {} : { untilMs }),
	};
}

function spanOf({ sinceMs, untilMs }: Bounds, oldestMs: number | undefined, { nowMs }: Reader) {
	return { startMs: sinceMs ?? oldestMs, endMs: untilMs ?? nowMs };
}

function watchedText(watches: number): string {
	return `${countText(watches, "watch is", "watches are")} checked.`;
}

function summaryText(
	items: readonly AnomalyView[],
	more: boolean,
	target: string | undefined,
	when: string,
): string {
	const open = items.filter((anomaly) => anomaly.closedAtMs === undefined).length;
	const [only] = items;
	if (only && items.length === 1 && !more)
		return `1 anomaly${when}, on ${only.target}, ${open === 1 ? "still open" : "over"}.`;
	const perTarget = Object.entries(Object.groupBy(items, (anomaly) => anomaly.target))
		.map(([name, list]) => ({ name, count: list?.length ?? 0 }))
		.toSorted((a, b) => b.count - a.count);
	const split = perTarget.slice(0, 3).map(({ name, count }) => `${count} on ${name}`);
	const where = target === undefined ? `: ${listText(split)}` : ` on ${target}`;
	const head = `${more ? "The last " : ""}${countText(items.length, "anomaly", "anomalies")}${when}${where}`;
	return `${head}; ${open === 0 ? "none is" : open === 1 ? "1 is" : `${open} are`} still open.`;
}

function newestText(newest: AnomalyView | undefined, reader: Reader): string {
	if (!newest) return "";
	const { target, metric, unit, peak, band, severity } = newest;
	const ended =
		newest.closedAtMs === undefined
			? ""
			: `, for ${formatDuration(newest.closedAtMs - newest.outsideSinceMs)}`;
	if (newest.whole)
		return `The newest: ${target}, since ${momentText(newest.outsideSinceMs, reader)}${ended}, ${severity}: ${newest.explanation}`;
	return `The newest: ${metric} of ${target} became abnormal at ${momentText(newest.outsideSinceMs, reader)}${ended}, ${isHigh(peak, band) ? "up" : "down"} to ${formatQuantity(peak, unit)}, ${expectedText(band, unit)}, ${severity}.`;
}

function anomalyFact(anomaly: AnomalyView): FactDraft {
	const { target, metric, unit, peak, band, query, outsideSinceMs, closedAtMs, lastSeenAtMs } = anomaly;
	const label = `${sentenceCase(metric)} of ${target}`;
	return {
		label,
		value: peak,
		unit,
		query,
		expected: band,
		startMs: outsideSinceMs,
		endMs: closedAtMs ?? lastSeenAtMs,
	};
}

function anomalyTable(items: readonly AnomalyView[], reader: Reader) {
	const columns = [
		{ title: "Since", align: "left" },
		{ title: "What", align: "left" },
		{ title: "Severity", align: "left" },
		{ title: "Furthest", align: "right" },
		{ title: "Expected", align: "right" },
		{ title: "State", align: "left" },
	] as const;
	const rows = items.map((one) => [
		momentText(one.outsideSinceMs, reader),
		`${one.target} ${one.metric}`,
		one.severity,
		formatQuantity(one.peak, one.unit),
		expectedText(one.band, one.unit).replace("expected ", ""),
		one.closedAtMs === undefined
			? "open"
			: `ended after ${formatDuration(one.closedAtMs - one.outsideSinceMs)}`,
	]);
	return { columns, rows };
}

const OUTCOMES = { remediated: "a change helped", recovered: "ended by itself", closed: "closed" } as const;

function endText(incident: Incident): string {
	const change = changeBefore(incident);
	if (change) return `ended ${afterChange(change)}`;
	if (incident.outcome === "recovered" && !endedByItself(incident)) return "came back";
	return incident.outcome ? OUTCOMES[incident.outcome] : "ended";
}

function incidentTable(items: readonly Incident[], reader: Reader) {
	const columns = [
		{ title: "Since", align: "left" },
		{ title: "Incident", align: "left" },
		{ title: "What", align: "left" },
		{ title: "Severity", align: "left" },
		{ title: "State", align: "left" },
	] as const;
	const rows = items.map((one) => [
		momentText(one.openedAtMs, reader),
		one.id,
		one.title,
		one.severity,
		one.status === "open" ? "open" : endText(one),
	]);
	return { columns, rows };
}
