import type { ChatMessage, MessageState } from "../../../src/domain/chat-message.ts";
import type { Severity } from "../../../src/domain/severity.ts";

const SEVERITIES: Readonly<Record<Severity, { readonly glyph: string; readonly word: string }>> = {
	critical: { glyph: "⬢", word: "Critical" },
	high: { glyph: "▲", word: "High" },
	medium: { glyph: "◆", word: "Medium" },
	low: { glyph: "○", word: "Low" },
};
const OUTCOMES: Partial<Record<MessageState, { readonly glyph: string; readonly word: string }>> = {
	resolved: { glyph: "✓", word: "Resolved" },
	rolled_back: { glyph: "↶", word: "Rolled back" },
	failed: { glyph: "✕", word: "Failed" },
	unknown: { glyph: "?", word: "Outcome unknown" },
};

/** Shape, word, then what it is about: `▲ High · checkout: ...`. At the end the outcome takes the severity's place. */
export function titleText({ title = "", severity, state }: ChatMessage): string {
	const outcome = state && OUTCOMES[state.kind];
	const look = outcome ?? (severity && SEVERITIES[severity]);
	if (!look) return title;
	const isPlainSuccess = state?.kind === "resolved" && severity === undefined;
	return isPlainSuccess ? `${look.glyph} ${title}` : `${look.glyph} ${look.word} · ${title}`;
}

/** The words before the text of a message that has no title: its shape and its state. */
export function leadText({ title, severity, state }: ChatMessage): string {
	if (title !== undefined) return "";
	const glyph = severity ? SEVERITIES[severity].glyph : "";
	const words = state ? `${state.text}${/[.?]$/.test(state.text) ? "" : "."}` : "";
	return [glyph, words].filter((part) => part !== "").join(" ");
}

/** How bad it was or is, once the title says the outcome instead. */
export function severityAfter({ severity, state }: ChatMessage): string | undefined {
	if (!severity || !state || !OUTCOMES[state.kind]) return undefined;
	return state.kind === "resolved" ? `was ${severity}` : `still ${severity}`;
}
