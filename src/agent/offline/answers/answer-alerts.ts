import { listAlerts } from "../../../../skills/list-alerts.ts";
import { momentText, type Reader } from "../../../../skills/text/time-text.ts";
import type { Alert } from "../../../domain/alert.ts";
import { formatDuration } from "../../../domain/quantity.ts";
import type { Answered, AskedQuestion } from "../asked-question.ts";
import { askBack } from "../compose/ask-back.ts";
import { buildAnswer } from "../compose/build-answer.ts";
import { countText } from "../compose/words.ts";
import { listBounds } from "../resolve-span.ts";
import { askAboutNames } from "../resolve-targets.ts";

const MOST = 10;

/** The alerts that fire now, or those that began to fire in a span. */
export async function answerAlerts(asked: AskedQuestion): Promise<Answered> {
	const { parsed, targets, context, deps } = asked;
	const { slots } = parsed;
	const back = askAboutNames(slots, targets, "alerts");
	if (back && "ask" in back) return askBack(back, context);
	const { sinceMs, untilMs, words } = listBounds(slots.period, context.nowMs);
	const target = slots.mentions[0]?.target.name;
	const past = sinceMs !== undefined || slots.count !== undefined;
	const { items, more } = await listAlerts.run(deps, context, {
		limit: Math.min(50, slots.count ?? MOST),
		...(past ? {} : { status: "firing" as const }),
		...(target === undefined ? {} : { target }),
		...(sinceMs === undefined ? {} : { sinceMs }),
		...(untilMs === undefined ? {} : { untilMs }),
	});
	const about = target === undefined ? "" : ` on ${target}`;
	const [newest] = items;
	const count = `${more ? "More than " : ""}${countText(items.length, "alert", "alerts")}`;
	const verb = items.length === 1 ? "fires" : "fire";
	const text = newest
		? `${count} ${past ? `began to fire${about}${words}` : `${verb}${about}`}. The newest is ${newest.name} of ${newest.target}, ${stateText(newest, context)}.`
		: past
			? `No alert began to fire${about}${words}.`
			: `No alert fires${about}. Watches are looked at apart from that: ask what is wrong now.`;
	return {
		answer: buildAnswer(
			{
				text,
				...(items.length >= 2 ? { table: alertTable(items.slice(0, MOST), context) } : {}),
				span: { startMs: sinceMs ?? items.at(-1)?.startsAtMs, endMs: untilMs ?? context.nowMs },
				suggestions: [
					...(newest?.incidentId ? [`why did ${newest.incidentId} happen`] : []),
					"what is wrong now",
					"list the last 5 incidents",
				],
			},
			context,
		),
		...(newest?.incidentId ? { incidentId: newest.incidentId } : {}),
	};
}

function stateText(alert: Alert, reader: Reader): string {
	const since = `since ${momentText(alert.startsAtMs, reader)}`;
	return alert.resolvedAtMs === undefined ? `firing ${since}` : `resolved after ${lastedText(alert)}`;
}

function lastedText({ startsAtMs, resolvedAtMs = startsAtMs }: Alert): string {
	return formatDuration(resolvedAtMs - startsAtMs);
}

function alertTable(items: readonly Alert[], reader: Reader) {
	const columns = [
		{ title: "Since", align: "left" },
		{ title: "Alert", align: "left" },
		{ title: "Target", align: "left" },
		{ title: "Severity", align: "left" },
		{ title: "State", align: "left" },
	] as const;
	const rows = items.map((alert) => [
		momentText(alert.startsAtMs, reader),
		alert.name,
		alert.target,
		alert.severity,
		alert.resolvedAtMs === undefined ? "firing" : `resolved after ${lastedText(alert)}`,
	]);
	return { columns, rows };
}
