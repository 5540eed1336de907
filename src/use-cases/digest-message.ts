import { type Approval, isEnded } from "../domain/approval.ts";
import { changeBefore } from "../domain/came-back-after.ts";
import { type ChatMessage, chatMessage, type Fact } from "../domain/chat-message.ts";
import type { DigestSection } from "../domain/digest.ts";
import type { Incident } from "../domain/incident.ts";
import { formatDuration } from "../domain/quantity.ts";
import { timeToken } from "../domain/time-text.ts";
import type { WatchReading } from "../ports/watch-board.ts";
import { inertLine } from "./describe-alert.ts";
import { digestChart } from "./digest-chart.ts";
import { type DigestFigures, digestFigures } from "./digest-figures.ts";
import {
	comparedTo,
	counted,
	durationFact,
	othersText,
	previousPeriod,
	watchesFact,
	watchesSentence,
} from "./digest-words.ts";
import { requestState } from "./incident-state.ts";

const ROWS = 10;
const OPEN_NAMED = 5;
const TITLE_CHARACTERS = 90;
const HOUR_MS = 3_600_000;

export type DigestInput = {
	readonly name: string;
	readonly content: readonly DigestSection[];
	readonly periodHours: number;
	/** The end of the period: the instant at which the digest was due. */
	readonly untilMs: number;
	readonly nowMs: number;
	/** When this installation began; undefined where it is not known. */
	readonly beganMs?: number;
	/** Those that began in the period or the one before, and those that are open, newest first. */
	readonly incidents: readonly Incident[];
	/** The requests of both periods. */
	readonly approvals: readonly Approval[];
	readonly watches: readonly WatchReading[];
	/** It is sent so long after `untilMs` that this is said. */
	readonly late?: boolean;
};

/** What the parts of a digest are made from. */
type Reading = DigestInput & {
	readonly sinceMs: number;
	readonly figures: DigestFigures;
	/** Undefined where the installation did not run in all of the period before. */
	readonly before: DigestFigures | undefined;
	readonly open: readonly Incident[];
};

/** What was abnormal, what was done, whether it helped, beside the period before. An empty one is a line. Pure. */
export function digestMessage(input: DigestInput): ChatMessage {
	const reading = read(input);
	const { figures, open, content, untilMs, sinceMs, incidents, beganMs } = reading;
	const has = (section: DigestSection) => content.includes(section);
	const quiet =
		figures.incidents.length + open.length + figures.helped + figures.didNotHelp + figures.notChecked === 0;
	if (quiet) return chatMessage({ text: quietText(reading) });
	const span = { startMs: untilMs - input.periodHours * HOUR_MS, endMs: untilMs };
	const chart = has("incidents") ? digestChart(incidents, span, beganMs) : undefined;
	const listed = [...open, ...figures.incidents.filter((incident) => !open.includes(incident))];
	const more = listed.length - ROWS;
	return chatMessage({
		title: inertLine(
			`Digest ${input.name}${has("incidents") ? `: ${headline(reading)}` : ""}`,
			TITLE_CHARACTERS,
		),
		state: { kind: "info", text: `${formatDuration(untilMs - sinceMs)} to ${timeToken(untilMs)}` },
		facts: factsOf(reading),
		...(chart ? { chart } : {}),
		text: textOf(reading),
		...(has("incidents") && listed.length > 0 ? { table: tableOf(reading, listed) } : {}),
		footer: [...(has("incidents") && more > 0 ? [othersText(more).trim()] : []), "without a language model"],
	});
}

function read(input: DigestInput): Reading {
	const { untilMs, periodHours, incidents, approvals, beganMs } = input;
	const startMs = untilMs - periodHours * HOUR_MS;
	const earlier = { startMs: startMs - periodHours * HOUR_MS, endMs: startMs };
	const whole = beganMs === undefined || beganMs <= earlier.startMs;
	return {
		...input,
		sinceMs: Math.max(startMs, Math.min(beganMs ?? startMs, untilMs)),
		figures: digestFigures(incidents, approvals, { startMs, endMs: untilMs }),
		before: whole ? digestFigures(incidents, approvals, earlier) : undefined,
		open: incidents.filter((incident) => incident.status === "open" && incident.openedAtMs < untilMs),
	};
}

function quietText(reading: Reading): string {
	const { sinceMs, before, periodHours, content, watches, nowMs } = reading;
	const earlier = before?.incidents.length ?? 0;
	const than = earlier > 0 ? `; ${counted(earlier, "incident")} ${previousPeriod(periodHours)}` : "";
	return [
		`Nothing abnormal since ${timeToken(sinceMs)}${than}.`,
		...youngText(reading),
		...(content.includes("watches") ? [watchesSentence(watches, nowMs)] : []),
		...lateText(reading),
	].join(" ");
}

function headline({ figures, open }: Reading): string {
	const state = open.length === 0 ? "none open" : `${open.length} open`;
	return `${counted(figures.incidents.length, "incident")}, ${state}`;
}

function textOf(reading: Reading): string {
	const { content, figures, before, sinceMs, periodHours, open, nowMs } = reading;
	const has = (section: DigestSection) => content.includes(section);
	const than = before
		? `, ${comparedTo(figures.incidents.length, before.incidents.length, previousPeriod(periodHours))}`
		: "";
	return [
		...(has("incidents")
			? [`${counted(figures.incidents.length, "incident")} since ${timeToken(sinceMs)}${than}.`]
			: []),
		...youngText(reading),
		...(has("actions") ? [actionsText(figures)] : []),
		...(has("open") ? [openText(open, nowMs)] : []),
		...lateText(reading),
	].join("\n");
}

function youngText({ sinceMs, untilMs, periodHours }: Reading): string[] {
	if (sinceMs <= untilMs - periodHours * HOUR_MS) return [];
	return [
		`This installation began then, so it is not a whole period of ${formatDuration(periodHours * HOUR_MS)}.`,
	];
}

function lateText({ late, untilMs }: Reading): string[] {
	return late ? [`Late: it was due at ${timeToken(untilMs)}.`] : [];
}

function actionsText({ helped, didNotHelp, notChecked }: DigestFigures): string {
	if (helped + didNotHelp + notChecked === 0) return "Nothing was changed.";
	const failed = didNotHelp > 0 ? `, ${didNotHelp} did not` : "";
	const unsure = notChecked > 0 ? `, ${notChecked} ${notChecked === 1 ? "was" : "were"} not checked` : "";
	return `${counted(helped, "remediation")} helped${failed}${unsure}.`;
}

function openText(open: readonly Incident[], nowMs: number): string {
	if (open.length === 0) return "Nothing is open.";
	const named = open
		.slice(0, OPEN_NAMED)
		.map(({ id, target, openedAtMs }) => `${id} of ${target} for ${formatDuration(nowMs - openedAtMs)}`);
	const more = othersText(open.length - named.length);
	return `Still open: ${named.join(", ")}${more}.`;
}

function factsOf({ content, figures, before, periodHours, watches, nowMs }: Reading): Fact[] {
	const period = previousPeriod(periodHours);
	const facts: Fact[] = [];
	if (content.includes("times"))
		facts.push(
			durationFact(
				"Time to detect (MTTD)",
				figures.detected,
				before?.detected,
				period,
				"nothing was detected",
			),
			durationFact("Time to resolve (MTTR)", figures.resolved, before?.resolved, period, "nothing has ended"),
		);
	if (content.includes("noise"))
		facts.push({
			label: "Came and went",
			value: `${figures.cameAndWent} of ${figures.incidents.length}`,
			note: "by themselves in under 5 min, and nobody acted",
		});
	if (content.includes("watches")) facts.push(watchesFact(watches, nowMs));
	return facts;
}

function tableOf({ approvals, nowMs, content }: Reading, listed: readonly Incident[]) {
	const done = content.includes("actions");
	const left = (title: string) => ({ title, align: "left" as const });
	return {
		columns: [
			left("Incident"),
			left("What"),
			...(done ? [left("Done")] : []),
			{ title: "Lasted", align: "right" as const },
		],
		rows: listed.slice(0, ROWS).map((incident) => {
			const lasted = formatDuration((incident.resolvedAtMs ?? nowMs) - incident.openedAtMs);
			return [
				incident.id,
				incident.title,
				...(done ? [doneText(incident, approvals)] : []),
				incident.status === "open" ? `${lasted}, open` : lasted,
			];
		}),
	};
}

function doneText(incident: Incident, approvals: readonly Approval[]): string {
	const approval = approvals.find((item) => item.incidentId === incident.id && isEnded(item.status));
	const change = changeBefore(incident);
	if (approval) return `${approval.plan.title}: ${requestState(approval).text.toLowerCase()}`;
	return change ? `${change.title} (${change.approvalId})` : "nothing";
}
