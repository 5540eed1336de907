import type { ChatMessage, PlanView } from "../../../src/domain/chat-message.ts";
import { sentenceCase } from "../../../src/domain/sentence-case.ts";
import { listProblem } from "../../../src/use-cases/plan-view.ts";
import { LIMITS } from "../limits.ts";
import { type CardElement, SMALL, textBlock } from "./render-element.ts";
import type { CardTexts } from "./render-texts.ts";

/** Checks that stand in one line; more, or one that says no, have a line each. */
const CHECKS_IN_LINE = 3;
const MARKS = { pass: "✓", info: "–", fail: "✕" } as const;

/** Whether all of a plan is shown: one that is cut can't be decided on from the card. */
export function showsWholePlan(plan: PlanView, texts: CardTexts): boolean {
	return (
		texts.fits(plan.title, LIMITS.titleCharacters) &&
		texts.fits(plan.summary, LIMITS.planCharacters) &&
		plan.checks.length <= LIMITS.checks &&
		plan.checks.every(({ text }) => texts.fits(text, LIMITS.lineCharacters))
	);
}

/** What will change at which targets, how it is checked and what happens if it does not help. */
export function renderPlan(
	message: ChatMessage,
	texts: CardTexts,
	consoleUrl: string | undefined,
): readonly CardElement[] {
	const { plan } = message;
	if (!plan) return [];
	return [
		{
			type: "Container",
			style: "emphasis",
			bleed: false,
			spacing: "Medium",
			items: [
				textBlock(whatHappens(plan, message.title, texts)),
				...(inLines(plan) ? checkLines(plan, texts) : []),
				textBlock(guards(plan, texts).join(" · "), { ...SMALL, spacing: "Small" }),
				...(inLines(plan) && !isStopped(plan) ? [judgedLine(plan, texts)] : []),
				...targetLines(plan, texts, consoleUrl),
				...statementBlocks(plan, texts),
				...(plan.note && plan.expiresAtMs !== undefined
					? [textBlock(texts.line(plan.note, LIMITS.lineCharacters), { ...SMALL, spacing: "Small" })]
					: []),
				...(showsWholePlan(plan, texts)
					? []
					: [textBlock("Too long to be shown whole here: decide in the console.", { spacing: "Small" })]),
			],
		},
	];
}

function whatHappens(
	{ title, summary }: PlanView,
	messageTitle: string | undefined,
	texts: CardTexts,
): string {
	const named = summary.startsWith(`${title}: `);
	const what = texts.block(named ? summary.slice(title.length + 2) : summary, LIMITS.planCharacters);
	// The card of a request has the plan's title at its head, and a summary may begin as the title does.
	const repeats = title === messageTitle || (!named && summary.split(" ")[0] === title.split(" ")[0]);
	return repeats ? what : `**${texts.line(title, LIMITS.titleCharacters)}**: ${what}`;
}

function guards(plan: PlanView, texts: CardTexts): readonly string[] {
	const { undoing, where } = plan;
	const stopped = isStopped(plan);
	return [
		`${sentenceCase(plan.risk)} risk`,
		...(undoing === undefined ? [] : [texts.line(undoing, LIMITS.labelCharacters)]),
		...(where === undefined ? [] : [texts.line(where, LIMITS.lineCharacters)]),
		...(stopped ? [] : [`takes ${texts.line(plan.takes, LIMITS.lineCharacters)}`]),
		...(inLines(plan) ? [] : plan.checks.length > CHECKS_IN_LINE ? judged(plan) : checkTexts(plan, texts)),
		...(inLines(plan)
			? []
			: [
					`helped if ${texts.line(plan.helpedIf, LIMITS.lineCharacters)}`,
					`if not: ${texts.line(plan.otherwise, LIMITS.lineCharacters)}`,
				]),
	];
}

function judgedLine({ helpedIf, otherwise }: PlanView, texts: CardTexts): CardElement {
	const helped = texts.line(helpedIf, LIMITS.lineCharacters);
	const line = `Helped if ${helped}. If not: ${texts.line(otherwise, LIMITS.lineCharacters)}.`;
	return textBlock(line, { ...SMALL, spacing: "None" });
}

/** Whether a check says no: then nobody decides, and what it says is all that counts. */
function isStopped({ checks }: PlanView): boolean {
	return checks.some(({ verdict }) => verdict === "fail");
}

/** Whether each check has a line in the card itself: while it is decided on, and where one says no. */
export function inLines(plan: PlanView): boolean {
	return isStopped(plan) || (plan.expiresAtMs !== undefined && plan.checks.length > CHECKS_IN_LINE);
}

function judged({ checks }: PlanView): readonly string[] {
	const count = checks.filter(({ verdict }) => verdict !== "info").length;
	const passed = checks.filter(({ verdict }) => verdict === "pass").length;
	return count === 0 ? [] : [`${passed} of ${count} checks passed`];
}

/** A line for each check, those that say no first. */
function checkLines({ checks }: PlanView, texts: CardTexts): readonly CardElement[] {
	const left = checks.length - LIMITS.checks;
	const lines = checks
		.toSorted((a, b) => Number(b.verdict === "fail") - Number(a.verdict === "fail"))
		.slice(0, LIMITS.checks)
		.map(({ verdict, text }) => `${MARKS[verdict]} ${texts.line(text, LIMITS.lineCharacters)}`);
	return [...lines, ...(left > 0 ? [`and ${left} more checks`] : [])].map((line, index) =>
		textBlock(line, { size: "Small", spacing: index === 0 ? "Small" : "None" }),
	);
}

/** How many targets, the first by name, and the hash where the list is cut; the button leads to all of them. */
function targetLines(
	{ targets, planHash, summary, expiresAtMs }: PlanView,
	texts: CardTexts,
	consoleUrl: string | undefined,
): readonly CardElement[] {
	if (!targets || targets.count <= 1) return [];
	const left = targets.count - targets.shown.length;
	const others = left > 0 ? ` and ${left} ${left === 1 ? "other" : "others"}` : "";
	const names = targets.shown.map((name) => texts.line(name, LIMITS.labelCharacters)).join(", ");
	const named = targets.shown.every((name) => summary.includes(name)) ? "" : `: ${names}${others}`;
	const hash = texts.line(`${planHash.slice(0, 4)} ${planHash.slice(4, 8)}`, LIMITS.labelCharacters);
	const line = `${targets.count} targets${named}${left > 0 ? ` · plan ${hash}` : ""}`;
	const problem = expiresAtMs === undefined ? undefined : listProblem(targets.count, consoleUrl);
	return [
		textBlock(line, { size: "Small", spacing: "Small" }),
		...(problem === undefined
			? []
			: [textBlock(texts.line(problem, LIMITS.lineCharacters), { weight: "Bolder", spacing: "Small" })]),
	];
}

/** The policy statement to add, whole: half of it could not be pasted. */
function statementBlocks({ statement }: PlanView, texts: CardTexts): readonly CardElement[] {
	if (statement === undefined || statement.trim() === "") return [];
	if (!texts.fits(statement, LIMITS.statementCharacters)) {
		const size = `The policy statement has ${statement.length.toLocaleString("en-US")} characters`;
		return [textBlock(`${size}, too many for here: it is in the console.`, { ...SMALL, spacing: "Small" })];
	}
	// A block for each line: paragraphs of one block stand too far apart.
	const lines = statement.split("\n").map((line) => texts.line(line, LIMITS.statementCharacters));
	const look = { fontType: "Monospace", size: "Small" };
	return lines.map((line, index) =>
		textBlock(line, { ...look, spacing: index === 0 ? "Small" : "None", wrap: true }),
	);
}

/** The checks of a plan in words; one that did not pass says so. */
export function checkTexts(plan: PlanView, texts: CardTexts): readonly string[] {
	return plan.checks
		.slice(0, LIMITS.checks)
		.map(
			({ verdict, text }) =>
				`${verdict === "fail" ? "not passed: " : ""}${texts.line(text, LIMITS.lineCharacters)}`,
		);
}

/** Whether the text only repeats the plan, as with a request that belongs to no incident. */
export function repeatsPlan({ text, plan }: ChatMessage): boolean {
	return plan !== undefined && text?.trim() === plan.summary.trim();
}
