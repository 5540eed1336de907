import type { Intent, Slots } from "./parsed-question.ts";
import type { Marks } from "./read-slots.ts";

/** What may stand before the verb of a request: politeness, and nothing that makes a question or a condition of it. */
const POLITE = new Set(
	"please pls plz kindly just now ok okay hey hi hello then go ahead and can could would will you i we want need to like let us lets the bot yes so you'd me do".split(
		" ",
	),
);
/** Words that make something else of a request: a condition, a plan for later, a question about it. */
const UNCLEAR = new Set(
	"if when unless should who why how did does was were has had whether would've until once tomorrow later after before maybe perhaps think thinking might or what happens".split(
		" ",
	),
);

/** What is asked to be done, and whether it is a plain request: an imperative without a "not", an "if" or a "when". */
export function requestIn(marks: Marks): "clear" | "unclear" | "none" {
	const verb = marks.all.findIndex((mark) => mark.concept?.startsWith("act:"));
	if (verb < 0) return marks.all.some((mark) => mark.concept?.startsWith("acted:")) ? "unclear" : "none";
	const before = marks.all.slice(0, verb);
	const after = marks.all.slice(verb + 1);
	const polite = before.every((mark) =>
		mark.text.split(" ").every((word) => POLITE.has(word) || word === ","),
	);
	const negated = marks.has("not");
	const conditional = [...before, ...after].some((mark) =>
		mark.text.split(" ").some((word) => UNCLEAR.has(word)),
	);
	return polite && !negated && !conditional ? "clear" : "unclear";
}

/** What the question wants, by the first rule that fits. */
export function chooseIntent(marks: Marks, slots: Slots): Intent {
	return RULES.find(([, fits]) => fits(marks, slots))?.[0] ?? "none";
}

type Rule = readonly [Intent, (marks: Marks, slots: Slots) => boolean];

const hasTarget = (slots: Slots) => slots.mentions.length > 0;
const hasMetric = (slots: Slots) => slots.metrics.length > 0;
const directMetric = (marks: Marks) => marks.first("metric:") !== undefined;
const starts = (marks: Marks, ...words: readonly string[]) => words.includes(marks.all[0]?.text ?? "");

/** Acting verbs that only count as such where something else points to an action; "update" or "start" are also nouns. */
function meansAction(marks: Marks, slots: Slots): boolean {
	const request = requestIn(marks);
	if (request === "none") return false;
	if (slots.action === "restart") return true;
	return request === "clear" && !directMetricFirst(marks) && !marks.has("anomaly", "incident", "list");
}

function directMetricFirst(marks: Marks): boolean {
	const verb = marks.all.findIndex((mark) => mark.concept?.startsWith("act:"));
	return marks.all.slice(0, Math.max(0, verb)).some((mark) => mark.concept?.startsWith("metric:"));
}

function isDecision(marks: Marks, slots: Slots): boolean {
	if (!marks.has("decide")) return false;
	const verb = marks.all.findIndex((mark) => mark.concept === "decide");
	const polite = marks.all.slice(0, verb).every((mark) => POLITE.has(mark.text) || mark.text === ",");
	return slots.approvalId !== undefined || polite;
}

function isForecast(marks: Marks, slots: Slots): boolean {
	if (marks.has("full") && (marks.has("when") || marks.has("will"))) return true;
	if (marks.has("forecast")) return hasMetric(slots) || marks.has("full") || slots.free === true;
	const lasts = marks.all.some((mark) => mark.text === "last" || mark.text === "lasts");
	return lasts && (marks.has("when") || marks.has("will")) && hasMetric(slots);
}

function isTop(marks: Marks, slots: Slots): boolean {
	const asksWhich = marks.all.some((mark) => ["which", "what", "who", "top"].includes(mark.text));
	const named = slots.mentions.some((mention) => mention.certainty !== "general");
	if (slots.by && (marks.has("top", "agg:max") || asksWhich) && !named)
		return hasMetric(slots) || marks.has("top");
	return marks.has("top") && !named && (hasMetric(slots) || asksWhich) && !marks.has("anomaly", "incident");
}

function isExplain(marks: Marks, slots: Slots): boolean {
	if (slots.incidentId && !marks.has("not")) return true;
	if (marks.has("why")) return true;
	return marks.has("happened") && (hasTarget(slots) || marks.has("incident") || slots.period?.kind === "at");
}

function isStatus(marks: Marks, slots: Slots): boolean {
	return (
		marks.has("wrong") ||
		(marks.has("odd") && !hasMetric(slots)) ||
		(hasTarget(slots) && marks.all.length <= 4)
	);
}

const RULES: readonly Rule[] = [
	["decide", isDecision],
	["propose", (marks, slots) => meansAction(marks, slots) && requestIn(marks) === "clear"],
	["explain", (marks) => marks.has("why") && marks.has("incident")],
	["action-question", meansAction],
	["capabilities", (marks, slots) => marks.has("help") && !directMetric(marks) && !slots.incidentId],
	[
		"unsupported",
		(marks, slots) => slots.unsupported !== undefined && !marks.has("why", "anomaly", "incident"),
	],
	["explain", isExplain],
	["forecast", isForecast],
	["approvals", (marks) => marks.has("approval")],
	["anomalies", (marks) => marks.has("anomaly")],
	["incidents", (marks) => marks.has("incident")],
	["compare", (marks, slots) => isCompare(marks, slots)],
	["top", isTop],
	[
		"anomalies",
		(marks, slots) => marks.has("odd", "happened") && pastPeriod(marks, slots) && !hasMetric(slots),
	],
	["value", (marks) => directMetric(marks)],
	["value", (marks, slots) => hasMetric(slots) && (hasTarget(slots) || starts(marks, "how", "is"))],
	["status", isStatus],
	["greeting", (marks) => marks.has("greet")],
];

function isCompare(marks: Marks, slots: Slots): boolean {
	if (slots.against) return hasMetric(slots) || hasTarget(slots);
	return marks.has("compare") && !marks.has("usual") && hasMetric(slots);
}

function pastPeriod(marks: Marks, slots: Slots): boolean {
	const { period } = slots;
	if (period) return period.kind !== "now";
	return (
		marks.all.some((mark) => ["was", "were", "happened", "been"].includes(mark.text)) || marks.has("happened")
	);
}
