import type { Approval } from "../../../src/domain/approval.ts";
import { wordToType } from "../../../src/domain/confirmation.ts";
import { LIMITS } from "../limits.ts";
import { cardOf } from "./card-of.ts";
import { execute, VERBS } from "./render-actions.ts";
import { type Card, type CardElement, SMALL, textBlock } from "./render-element.ts";
import type { CardTexts } from "./render-texts.ts";

/** What the buttons under a reason send. */
export const REASON_VERBS = { confirm: "decision.confirm", explain: "decision.reason" } as const;

const LONGEST_REASON = 500;

/** The longest list of targets that a card has room for. */
const LIST_CHARACTERS = 6000;

/**
 * The card that one person sees in place of the incident's, before their approval of a dangerous plan counts: with all
 * targets. Where they do not fit, it can't be approved here. Pure.
 */
export function confirmationCard(
	{ id, plan, planHash }: Pick<Approval, "id" | "plan" | "planHash">,
	texts: CardTexts,
	problem?: string,
): Card {
	const asked =
		plan.targets.length === 1
			? `To approve, type: ${wordToType(plan)}`
			: "To approve, type how many targets this changes";
	const list = plan.targets.map(({ name, id: targetId }) =>
		name === targetId ? name : `${name} (${targetId})`,
	);
	const listed = list.join(", ");
	const back = execute("Back", VERBS.refreshApproval, { subject: id }, { associatedInputs: "none" });
	const summary = texts.plain(
		`Nothing is decided yet: ${plan.title} needs a reason.`,
		LIMITS.summaryCharacters,
	);
	return cardOf(summary, [
		textBlock(`**${texts.line(plan.title, LIMITS.titleCharacters)}**`, { size: "Medium" }),
		textBlock(texts.block(plan.summary, LIMITS.planCharacters)),
		...(problem === undefined
			? []
			: [textBlock(texts.line(problem, LIMITS.lineCharacters), { weight: "Bolder" })]),
		...(texts.fits(listed, LIST_CHARACTERS)
			? [
					textBlock(
						texts.block(`Targets of plan ${planHash.slice(0, 12)}: ${listed}`, LIST_CHARACTERS + 100),
					),
					requiredInput("reason", "Why this is right", "Write a reason."),
					// Not a label: clients differ in whether they read Markdown there.
					textBlock(texts.line(asked, LIMITS.lineCharacters)),
					requiredInput("typed", "What approving needs", "Type it as it stands."),
					actions([
						execute("Approve", REASON_VERBS.confirm, { approvalId: id }, { style: "positive" }),
						back,
					]),
				]
			: [
					textBlock(
						texts.line(
							`Its ${plan.targets.length} targets don't fit on a card, so it can't be approved here: open ${id} in the console.`,
							LIMITS.lineCharacters,
						),
					),
					actions([back]),
				]),
		textBlock("Nothing is decided yet. Only you see this.", SMALL),
	]);
}

/** The card with a place to say why it was denied; nobody has to. */
export function withReasonOffer(card: Card, approvalId: string): Card {
	return {
		...card,
		body: [
			...card.body,
			// Not required: clients would hold every other button of the card back until something is written.
			input("reason", "Why it was denied, if you like to say"),
			actions([execute("Save reason", REASON_VERBS.explain, { approvalId })]),
		],
	};
}

function input(id: string, label: string): CardElement {
	return { type: "Input.Text", id, label, isMultiline: id === "reason", maxLength: LONGEST_REASON };
}

function requiredInput(id: string, label: string, errorMessage: string): CardElement {
	return { ...input(id, label), isRequired: true, errorMessage };
}

function actions(list: readonly CardElement[]): CardElement {
	return { type: "ActionSet", spacing: "Medium", actions: list };
}
