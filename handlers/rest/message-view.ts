import type { z } from "zod";
import type { StoredMessage } from "../../src/ports/chat-stores.ts";
import type { StoredMessageView } from "./api-schema.ts";
import { isoTime } from "./iso-time.ts";

/** A kept message of the console's channel. */
export function storedMessageView(message: StoredMessage): z.input<typeof StoredMessageView> {
	return {
		id: message.id,
		author: message.author,
		message: message.message,
		createdAt: isoTime(message.createdAtMs),
		updatedAt: isoTime(message.updatedAtMs),
	};
}
