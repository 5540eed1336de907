import type { Conversation } from "../domain/chat-event.ts";
import type { ChatMessage } from "../domain/chat-message.ts";

/** A place where people read and press. Rendering, limits and escaping are the platform's own business. */
export type ChatPlatform = {
	readonly name: string;
	/** Posts a message; the reference finds it again. Where the platform can, a second post with the same key is none. */
	post(conversation: Conversation, message: ChatMessage, key?: string): Promise<string>;
	/** Replaces a message in place. False if it is gone. */
	update(conversation: Conversation, reference: string, message: ChatMessage): Promise<boolean>;
	/** Where incidents and digests go by default; undefined if this platform has no such place. */
	defaultConversation(): Conversation | undefined;
};
