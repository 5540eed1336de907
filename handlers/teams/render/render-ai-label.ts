import type { ChatMessage } from "../../../src/domain/chat-message.ts";
import { LIMITS } from "../limits.ts";
import type { TeamsMessage } from "./render-element.ts";
import type { CardTexts } from "./render-texts.ts";

/** Marks a message whose text a model wrote, with the queries it rests on as its sources. */
export function renderAiLabel(message: ChatMessage, texts: CardTexts): Pick<TeamsMessage, "entities"> {
	if (message.textByModel !== true || !message.text) return {};
	const citation = message.queries.slice(0, LIMITS.queries).map(({ query, purpose, span }, index) => ({
		"@type": "Claim",
		position: index + 1,
		appearance: {
			"@type": "DigitalDocument",
			name: texts.plain([purpose, span].filter(Boolean).join(", ") || "Query", LIMITS.citationNameCharacters),
			abstract: texts.plain(query || "Query", LIMITS.citationAbstractCharacters),
		},
	}));
	return {
		entities: [
			{
				type: "https://schema.org/Message",
				"@type": "Message",
				"@context": "https://schema.org",
				"@id": "",
				additionalType: ["AIGeneratedContent"],
				...(citation.length > 0 ? { citation } : {}),
			},
		],
	};
}
