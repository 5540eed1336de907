import type { Card, CardElement } from "./render-element.ts";

/** An Adaptive Card with this body; where a client draws no cards, the summary stands in its place. Pure. */
export function cardOf(
	summary: string,
	body: readonly CardElement[],
	parts: Partial<Pick<Card, "refresh" | "msteams">> = {},
): Card {
	return {
		type: "AdaptiveCard",
		$schema: "http://adaptivecards.io/schemas/adaptive-card.json",
		version: "1.5",
		fallbackText: summary,
		speak: summary,
		msteams: { width: "Full" },
		...parts,
		body,
	};
}
