import type { ChatMessage, MessageState } from "../../../src/domain/chat-message.ts";
import type { Severity } from "../../../src/domain/severity.ts";
import { LIMITS } from "../limits.ts";
import { type CardElement, SMALL, textBlock } from "./render-element.ts";
import type { CardTexts } from "./render-texts.ts";

type Chip = {
	readonly word: string;
	readonly color: "default" | "accent" | "good" | "warning" | "attention";
};

const SEVERITIES: Readonly<Record<Severity, Chip>> = {
	critical: { word: "⬢ Critical", color: "attention" },
	high: { word: "▲ High", color: "warning" },
	medium: { word: "◆ Medium", color: "warning" },
	low: { word: "○ Low", color: "accent" },
};

/** Outcomes, which stand where the severity stood while there was something to decide. */
const OUTCOMES: Partial<Record<MessageState, Chip>> = {
	resolved: { word: "✓ Resolved", color: "good" },
	rolled_back: { word: "↶ Rolled back", color: "accent" },
	failed: { word: "✕ Failed", color: "attention" },
	unknown: { word: "? Outcome unknown", color: "attention" },
};

/** The first line: severity or outcome at the left, the state at the right. Nothing where the message has no title. */
export function renderHead(message: ChatMessage, texts: CardTexts): readonly CardElement[] {
	const { title, severity, state } = message;
	if (title === undefined) return [];
	const says = state && texts.line(state.text, LIMITS.lineCharacters);
	const chip = (state && OUTCOMES[state.kind]) ?? (severity && SEVERITIES[severity]);
	const right = chip && says !== undefined && !chip.word.endsWith(says) ? says : undefined;
	const left = chip ?? (says ? ({ word: says, color: "default" } as const) : undefined);
	return [
		...(left ? [headLine(left, right)] : []),
		textBlock(texts.line(title, LIMITS.titleCharacters), {
			size: "Large",
			weight: "Bolder",
			style: "heading",
			spacing: "Small",
		}),
		...subjectLine(message, texts),
	];
}

function headLine(chip: Chip, right: string | undefined): CardElement {
	const column = (width: string, item: CardElement) => ({ type: "Column", width, items: [item] });
	return {
		type: "ColumnSet",
		columns: [
			column(
				right === undefined ? "stretch" : "auto",
				textBlock(chip.word, { wrap: right === undefined, weight: "Bolder", color: chip.color }),
			),
			...(right === undefined
				? []
				: [column("stretch", textBlock(right, { horizontalAlignment: "Right", weight: "Bolder" }))]),
		],
	};
}

/** Its id and since when; at the end also how bad it was. */
function subjectLine(message: ChatMessage, texts: CardTexts): readonly CardElement[] {
	const { subject, sinceMs, severity, state } = message;
	const outcome = state !== undefined && OUTCOMES[state.kind] !== undefined;
	const parts = [
		...(subject ? [texts.line(subject.id, LIMITS.labelCharacters)] : []),
		...(sinceMs === undefined
			? []
			: [texts.line(`since {{time:${Math.round(sinceMs)}}}`, LIMITS.lineCharacters)]),
		...(outcome && severity ? [`${state.kind === "resolved" ? "was" : "still"} ${severity}`] : []),
	];
	return parts.length === 0 ? [] : [textBlock(parts.join(" · "), { ...SMALL, spacing: "None" })];
}

/** What the message says in one line, for notifications and clients that can't show cards. */
export function summaryOf(message: ChatMessage, texts: CardTexts): string {
	const { title, severity, state, text } = message;
	const chip = (state && OUTCOMES[state.kind]) ?? (severity && SEVERITIES[severity]);
	const head = title === undefined ? undefined : [chip?.word, title].filter(Boolean).join(" · ");
	const says = state && !chip?.word.endsWith(state.text) ? state.text : undefined;
	const parts = [head, says, text].filter((part) => part !== undefined && part.trim() !== "");
	const summary = parts.map((part) => sentence(part ?? "")).join(" ");
	return texts.plain(summary.replaceAll("**", ""), LIMITS.summaryCharacters) || "SmartCloudOps";
}

function sentence(text: string): string {
	return /[.?:]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}
