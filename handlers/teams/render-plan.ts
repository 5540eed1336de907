import type { ChatMessage, PlanView } from "../../src/domain/chat-message.ts";
import { LIMITS } from "./limits.ts";
import { type CardElement, SMALL, textBlock } from "./render-element.ts";
import type { CardTexts } from "./render-texts.ts";

// Checks that stand in the card itself; more are folded with the queries.
const CHECKS_IN_SIGHT = 4;

/** Whether all of a plan is shown: one that is cut can't be decided on from the card. */
export function showsWholePlan(plan: PlanView, texts: CardTexts): boolean {
	return (
		texts.fits(plan.title, LIMITS.titleCharacters) &&
		texts.fits(plan.summary, LIMITS.planCharacters) &&
		plan.checks.length <= LIMITS.checks &&
		plan.checks.every(({ text }) => texts.fits(text, LIMITS.lineCharacters))
	);
}

/** What will change, how it is checked and what happens if it does not help. */
export function renderPlan(message: ChatMessage, texts: CardTexts): readonly CardElement[] {
	const { plan } = message;
	if (!plan) return [];
	// The card of a request has the plan's title at its head.
	const title = plan.title === message.title ? "" : `**${texts.line(plan.title, LIMITS.titleCharacters)}**: `;
	const happens = plan.summary.startsWith(`${plan.title}: `)
		? plan.summary.slice(plan.title.length + 2)
		: plan.summary;
	const guards = [
		`${plan.risk.charAt(0).toUpperCase()}${plan.risk.slice(1)} risk`,
		`takes ${texts.line(plan.takes, LIMITS.lineCharacters)}`,
		...(plan.checks.length <= CHECKS_IN_SIGHT ? checkTexts(plan, texts) : judged(plan)),
		`helped if ${texts.line(plan.helpedIf, LIMITS.lineCharacters)}`,
		`if not: ${texts.line(plan.otherwise, LIMITS.lineCharacters)}`,
	];
	return [
		{
			type: "Container",
			style: "emphasis",
			bleed: false,
			spacing: "Medium",
			items: [
				textBlock(`${title}${texts.block(happens, LIMITS.planCharacters)}`),
				textBlock(guards.join(" · "), { ...SMALL, spacing: "Small" }),
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

/** The checks of a plan in words; one that did not pass says so. */
export function checkTexts(plan: PlanView, texts: CardTexts): readonly string[] {
	return plan.checks
		.slice(0, LIMITS.checks)
		.map(
			({ verdict, text }) =>
				`${verdict === "fail" ? "not passed: " : ""}${texts.line(text, LIMITS.lineCharacters)}`,
		);
}

function judged({ checks }: PlanView): readonly string[] {
	const count = checks.filter(({ verdict }) => verdict !== "info").length;
	const passed = checks.filter(({ verdict }) => verdict === "pass").length;
	return count === 0 ? [] : [`${passed} of ${count} checks passed`];
}

/** Whether the text only repeats the plan, as with a request that belongs to no incident. */
export function repeatsPlan({ text, plan }: ChatMessage): boolean {
	return plan !== undefined && text?.trim() === plan.summary.trim();
}
