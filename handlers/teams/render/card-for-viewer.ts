import type { ChatMessage } from "../../../src/domain/chat-message.ts";
import type { Card } from "./render-element.ts";
import { type RenderOptions, renderMessage } from "./render-message.ts";

/**
 * The card that one person's client shows in place of a message: what a refresh or a pressed button is answered with.
 * A text of several messages shows its first part, for the others stand where they were. Pure.
 */
export function cardForViewer(message: ChatMessage, options: RenderOptions): Card {
	const [first] = renderMessage(message, options);
	if (first === undefined) throw new RangeError("A message is drawn as one card or more.");
	return first.card;
}
