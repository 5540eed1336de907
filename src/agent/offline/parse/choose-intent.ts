import type { Intent, Slots } from "./parsed-question.ts";
import { requestIn } from "./read-request.ts";
import type { Marks } from "./read-slots.ts";

type Rule = readonly [Intent, (marks: Marks, slots: Slots) => boolean];

/** What the question wants, by the first rule that fits. */
export function chooseIntent(marks: Marks, slots: Slots): Intent {
	return RULES.find(([, fits]) => fits(marks, slots))?.[0] ?? "none";
}

const words = (marks: Marks) => marks.all.flatMap((mark) => mark.text.split(" "));
const says = (marks: Marks, ...any: readonly string[]) => words(marks).some((word) => any.includes(word));
const hasTarget = (slots: Slots) => slots.mentions.length > 0;
const hasMetric = (slots: Slots) => slots.metrics.length > 0;
const directMetric = (marks: Marks) => marks.first("metric:") !== undefined;
const hasPast = (marks: Marks, slots: Slots) =>
	slots.period ? slots.period.kind !== "now" : marks.has("recently", "happened");

/** An acting verb means an action where it is asked for, or where it can mean nothing else. */
function isAboutAction(marks: Marks, slots: Slots): boolean {
	return slots.action === "restart" && requestIn(marks) !== "none" && !marks.has("anomaly", "incident");
}

function isRequest(marks: Marks): boolean {
	return requestIn(marks) === "clear" && !marks.has("anomaly", "incident", "list");
}

/** `rm -rf /`: whatever it is, it begins with a verb of doing and is about nothing that can be read. */
function isOtherAction(marks: Marks, slots: Slots): boolean {
	const first = marks.all.find((mark) => !["please", "pls", "just", "now", "can", "you"].includes(mark.text));
	const acts = first?.concept?.startsWith("act:") === true && first.concept !== "act:restart";
	return acts && !hasMetric(slots) && !marks.has("anomaly", "incident", "not");
}

function isDecision(marks: Marks, slots: Slots): boolean {
	const verb = marks.all.findIndex((mark) => mark.concept === "decide");
	if (verb < 0) return false;
	return slots.approvalId !== undefined || verb === 0 || says(marks, "please", "pls", "yes");
}

/** `what can you do`, `which things do you know about`, `how does this work`, `usage`. */
function asksForHelp(marks: Marks, slots: Slots): boolean {
	if (directMetric(marks) || marks.has("incident", "anomaly", "why") || hasTarget(slots)) return false;
	if (marks.has("help")) return true;
	const able = says(marks, "know", "support", "do", "answer", "understand", "handle", "offer", "use", "able");
	if (
		says(marks, "you") &&
		able &&
		!says(marks, "did") &&
		says(marks, "what", "which", "how", "list", "things")
	)
		return true;
	if (says(marks, "how") && says(marks, "work", "works") && says(marks, "this", "it", "thing", "bot"))
		return true;
	const [only, ...more] = marks.all.filter((mark) => mark.tokens[0]?.kind !== "mark");
	return only?.text === "usage" && more.length === 0;
}

function isForecast(marks: Marks, slots: Slots): boolean {
	const ahead = marks.has("when", "will");
	if (marks.has("full") && ahead && !marks.has("not")) return true;
	const isAhead = slots.period?.kind === "ahead";
	const aims = isAhead || (marks.has("will") && !hasPast(marks, slots));
	const other = marks.has("anomaly", "incident") || (slots.by !== undefined && marks.has("top", "agg:max"));
	if (hasMetric(slots) && !other && ((slots.foretells && aims) || (isAhead && directMetric(marks))))
		return true;
	if (marks.has("forecast")) return hasMetric(slots) || marks.has("full") || slots.free === true;
	return ahead && hasMetric(slots) && (marks.has("lasts") || (slots.free === true && marks.has("when")));
}

function isTop(marks: Marks, slots: Slots): boolean {
	const service = slots.mentions.some((mention) => mention.target.kind === "service");
	if (service || marks.has("anomaly", "incident")) return false;
	const which = says(marks, "which", "what", "who", "top", "where", "list");
	if (slots.by && (marks.has("top", "agg:max") || which)) return hasMetric(slots) || marks.has("top");
	return marks.has("top") && (hasMetric(slots) || which);
}

function isExplain(marks: Marks, slots: Slots): boolean {
	if (slots.incidentId || marks.has("why")) return true;
	return marks.has("happened") && (hasTarget(slots) || marks.has("incident") || slots.period?.kind === "at");
}

function isCompare(marks: Marks, slots: Slots): boolean {
	if (slots.mentions.length > 1 && !slots.against) return false;
	if (slots.against) return hasMetric(slots) || hasTarget(slots);
	return marks.has("compare") && !marks.has("usual") && hasMetric(slots);
}

/** Incidents of a past span or a number of them; the open ones are what is wrong now. */
function listsIncidents(marks: Marks, slots: Slots): boolean {
	if (!marks.has("incident")) return false;
	const [only, ...more] = marks.all.filter((mark) => mark.tokens[0]?.kind !== "mark");
	if (only?.text === "incidents" && more.length === 0) return true;
	return (
		hasPast(marks, slots) || slots.count !== undefined || marks.has("list", "many") || says(marks, "past")
	);
}

/** `summarize today`, `what changed in the last hour`: a span and nothing measured. */
function asksAboutSpan(marks: Marks, slots: Slots): boolean {
	if (directMetric(marks) || !hasPast(marks, slots)) return false;
	const changed = marks.has("compare", "moved") && says(marks, "what", "anything", "something");
	return marks.has("odd", "happened") || changed || (marks.has("list") && slots.period !== undefined);
}

function asksState(marks: Marks, slots: Slots): boolean {
	const short = marks.all.length <= 4;
	return (
		marks.has("wrong", "incident") || (marks.has("odd") && !hasMetric(slots)) || (hasTarget(slots) && short)
	);
}

/** `did the restart help`, `has restarting checkout fixed it`. */
function asksOutcome(marks: Marks): boolean {
	const acted = marks.has("act:restart", "acted:restart");
	const first = marks.all[0]?.text.split(" ")[0] ?? "";
	const worked = says(
		marks,
		..."help helped work worked fix fixed solve solved succeed succeeded".split(" "),
	);
	return acted && worked && ["did", "has", "have", "was", "and", "so"].includes(first);
}

const RULES: readonly Rule[] = [
	["decide", isDecision],
	["outcome", asksOutcome],
	["propose", isRequest],
	["propose", isOtherAction],
	["explain", (marks, slots) => marks.has("why") && (marks.has("incident") || hasTarget(slots))],
	["action-question", isAboutAction],
	["capabilities", asksForHelp],
	[
		"unsupported",
		(marks, slots) => slots.unsupported !== undefined && !marks.has("why", "anomaly", "incident"),
	],
	["explain", isExplain],
	["forecast", isForecast],
	["approvals", (marks) => marks.has("approval")],
	["anomalies", (marks) => marks.has("anomaly")],
	["alerts", (marks) => says(marks, "alert", "alerts", "alarm", "alarms", "firing")],
	["incidents", listsIncidents],
	["compare", isCompare],
	["top", isTop],
	["anomalies", asksAboutSpan],
	["value", directMetric],
	["value", (marks, slots) => hasMetric(slots) && (hasTarget(slots) || says(marks, "how", "is"))],
	["status", asksState],
	["greeting", (marks) => marks.has("greet")],
];
