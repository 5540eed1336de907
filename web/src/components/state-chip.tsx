import type { MessageState, Severity } from "../api/types.generated.ts";
import { type Look, SEVERITY_WORDS, STATE_LOOKS } from "../lib/message-states.ts";
import { Icon } from "./icon.tsx";

/** A state as shape, word and colour. */
export function LookChip({ look }: { readonly look: Look }) {
	return (
		<span className={`state chip ${look.tone}`}>
			<Icon name={look.icon} />
			{look.word}
		</span>
	);
}

/** A message's state; `text` replaces the usual word. */
export function StateChip({
	state,
}: {
	readonly state: { readonly kind: MessageState; readonly text: string };
}) {
	const look = STATE_LOOKS[state.kind];
	return <LookChip look={{ ...look, word: state.text || look.word }} />;
}

export function SeverityChip({ severity }: { readonly severity: Severity }) {
	return <LookChip look={{ icon: severity, tone: severity, word: SEVERITY_WORDS[severity] }} />;
}

/** Risk has the severities' shapes and always the word "risk". */
export function RiskChip({ risk }: { readonly risk: "low" | "medium" | "high" }) {
	return <LookChip look={{ icon: risk, tone: risk, word: `${SEVERITY_WORDS[risk]} risk` }} />;
}

/** The glyph of a state in a list, with its word for those who can't see it. */
export function StateGlyph({ kind }: { readonly kind: MessageState }) {
	const look = STATE_LOOKS[kind];
	return (
		<span className={look.tone}>
			<Icon name={look.icon} />
			<span className="hidden-visually">{look.word}</span>
		</span>
	);
}
