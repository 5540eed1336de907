import type { AppError } from "../../../src/domain/errors.ts";
import type { RawReply } from "../../../src/ports/webhook-endpoint.ts";
import type { Card } from "../render/render-element.ts";

/** Replies to `adaptiveCard/action`: the request succeeds with 200, what became of it stands in the body. */
function reply(statusCode: number, type: string, value: unknown): RawReply {
	return { status: 200, body: { statusCode, type, value } };
}

/** The card that this person sees from now on. */
export function cardReply(card: Card): RawReply {
	return reply(200, "application/vnd.microsoft.card.adaptive", card);
}

/** A line that only this person sees; the card stays as it is. */
export function messageReply(text: string): RawReply {
	return reply(200, "application/vnd.microsoft.activity.message", text);
}

/** The client shows that it did not work, with this text. */
export function errorReply(statusCode: 400 | 500, code: string, message: string): RawReply {
	return reply(statusCode, "application/vnd.microsoft.error", { code, message });
}

/** An invoke that nothing here answers, as the protocol says it. */
export const NOT_IMPLEMENTED: RawReply = { status: 501 };

/** A refusal as the person reads it: what did not count, and why. */
export function refusalText({ message }: AppError): string {
	return message.startsWith("Not ") ? message : `Not counted: ${message}`;
}
