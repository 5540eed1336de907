import type { ChatMessage, PlanView } from "../../../src/domain/chat-message.ts";
import { LIMITS } from "../limits.ts";
import { type CardElement, SMALL, textBlock } from "./render-element.ts";
import { checkTexts, inLines } from "./render-plan.ts";
import type { CardTexts } from "./render-texts.ts";

/** The id of the folded part. */
const EVIDENCE_ID = "queries";

/** The button that unfolds the evidence; nothing where there is none. */
export function evidenceToggle(message: ChatMessage): readonly CardElement[] {
	const names = [
		...(message.queries.length > 0 ? ["Queries"] : []),
		...(foldedChecks(message).length > 0 ? ["Checks"] : []),
	];
	if (names.length === 0) return [];
	const title = names.length === 2 ? "Queries and checks" : names[0];
	return [{ type: "Action.ToggleVisibility", title, targetElements: [EVIDENCE_ID] }];
}

/** The queries behind the numbers and the checks of the plan, folded. */
export function renderEvidence(message: ChatMessage, texts: CardTexts): readonly CardElement[] {
	const shown = message.queries.slice(0, LIMITS.queries);
	const left = message.queries.length - shown.length;
	const items = [
		...(shown.length > 0 ? [heading("Queries")] : []),
		...shown.flatMap(({ query, purpose, span }) => [
			textBlock(texts.block(query, LIMITS.queryCharacters), {
				fontType: "Monospace",
				size: "Small",
				spacing: "Small",
			}),
			...caption([purpose, span], texts),
		]),
		...(left > 0 ? [textBlock(`and ${left} more`, SMALL)] : []),
		...renderChecks(message, texts),
	];
	if (items.length === 0) return [];
	return [{ type: "Container", id: EVIDENCE_ID, isVisible: false, style: "emphasis", items }];
}

function caption(parts: readonly string[], texts: CardTexts): readonly CardElement[] {
	const written = parts
		.filter((part) => part.trim() !== "")
		.map((part) => texts.line(part, LIMITS.lineCharacters))
		.join(", ");
	return written === "" ? [] : [textBlock(written, { ...SMALL, spacing: "None" })];
}

/** The checks that do not stand in the card itself. */
function foldedChecks({ plan }: ChatMessage): PlanView["checks"] {
	return plan && !inLines(plan) ? plan.checks : [];
}

function renderChecks(message: ChatMessage, texts: CardTexts): readonly CardElement[] {
	const { plan } = message;
	if (!plan || foldedChecks(message).length === 0) return [];
	const left = plan.checks.length - LIMITS.checks;
	return [
		heading("Checks"),
		...checkTexts(plan, texts).map((text) => textBlock(text, { size: "Small", spacing: "Small" })),
		...(left > 0 ? [textBlock(`and ${left} more`, SMALL)] : []),
	];
}

function heading(text: string): CardElement {
	return textBlock(text, { weight: "Bolder", size: "Small" });
}
