import type { Approval } from "../../src/domain/approval.ts";
import type { Plan } from "../../src/domain/plan.ts";
import { escapeText, plainText } from "./escape-text.ts";
import { execute, VERBS } from "./render-actions.ts";
import { type Card, type CardElement, SMALL, textBlock } from "./render-element.ts";

/** What the buttons under a reason send. */
export const REASON_VERBS = { confirm: "decision.confirm", explain: "decision.reason" } as const;

const LONGEST_REASON = 500;
const noTime = () => "";
const literal = (text: string) => escapeText(text, noTime);

/** Whether approving asks for a reason and for something to be typed first. */
export function needsConfirmation({ risk, reversal }: Plan): boolean {
	return risk === "high" || reversal === "irreversible";
}

/** What must be typed to approve such a plan: the target's name, or how many there are. */
export function toType({ targets }: Plan): string {
	const [only] = targets;
	return targets.length === 1 && only ? only.name : `${targets.length}`;
}

/** The card that one person sees in place of the incident's, before their approval of a dangerous plan counts. */
export function confirmationCard({ id, plan }: Pick<Approval, "id" | "plan">, problem?: string): Card {
	const asked =
		plan.targets.length === 1 ? `Type ${toType(plan)} to approve` : "Type how many targets this changes";
	const summary = `Nothing is decided yet: ${plan.title} needs a reason.`;
	return {
		type: "AdaptiveCard",
		$schema: "http://adaptivecards.io/schemas/adaptive-card.json",
		version: "1.5",
		fallbackText: plainText(summary, noTime),
		speak: plainText(summary, noTime),
		msteams: { width: "Full" },
		body: [
			textBlock(`**${literal(plan.title)}**`, { size: "Medium" }),
			textBlock(literal(plan.summary)),
			...(problem === undefined ? [] : [textBlock(literal(problem), { weight: "Bolder" })]),
			requiredInput("reason", "Why this is right", "Write a reason."),
			requiredInput("typed", plainText(asked, noTime), "Type it as it stands."),
			actions([
				execute("Approve", REASON_VERBS.confirm, { approvalId: id }, { style: "positive" }),
				execute("Back", VERBS.refreshApproval, { subject: id }, { associatedInputs: "none" }),
			]),
			textBlock("Nothing is decided yet. Only you see this.", SMALL),
		],
	};
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
