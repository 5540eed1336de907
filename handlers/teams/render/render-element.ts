/** An element or action of an Adaptive Card. */
export type CardElement = { readonly type: string; readonly [property: string]: unknown };

/** An Adaptive Card 1.5. */
export type Card = {
	readonly type: "AdaptiveCard";
	readonly $schema: string;
	readonly version: "1.5";
	/** What clients say that can't show the card, and screen readers first. */
	readonly fallbackText: string;
	readonly speak: string;
	readonly msteams: { readonly width: "Full"; readonly entities?: readonly CardElement[] };
	readonly refresh?: { readonly action: CardElement; readonly userIds: readonly string[] };
	readonly body: readonly CardElement[];
};

/** One message of Teams. `summary` is plain text for notifications. */
export type TeamsMessage = {
	readonly summary: string;
	readonly card: Card;
	/** Marks of the message itself, such as that a model wrote its text. */
	readonly entities?: readonly Readonly<Record<string, unknown>>[];
};

/** A block of text that is already escaped; one without characters is an empty line. */
export function textBlock(text: string, look: Readonly<Record<string, unknown>> = {}): CardElement {
	return { type: "TextBlock", text: orBlank(text), wrap: true, ...look };
}

/** Teams refuses a card for a text without characters. */
export function orBlank(text: string): string {
	return text.trim() === "" ? "\u00a0" : text;
}

/** How small print looks. */
export const SMALL = { size: "Small", isSubtle: true } as const;
