import type { Conversation } from "../domain/chat-event.ts";
import type { ChatMessage } from "../domain/chat-message.ts";

/**
 * What the product needs of a chat platform to speak there. Errors are AppErrors: `limited` (with
 * `retryAfterSeconds`), `unavailable` (try again later), `gone` (the channel is deleted, archived, or we were removed
 * from it), `forbidden` (the token is revoked or lacks a scope), `invalid` (the platform refused the message).
 */
export type ChatPlatform = {
	readonly name: string;
	/** The least time between two messages into one channel; 0 where the platform has no such rule. */
	readonly paceMs: number;
	/**
	 * Posts and gives a reference by which it can be edited. With a `key`, a second post of it gives the first
	 * message's reference where the platform can find it again; `mayStand` says that an earlier try, here or in another
	 * process, may have gone through unheard.
	 */
	post(conversation: Conversation, message: ChatMessage, key?: string, mayStand?: boolean): Promise<string>;
	/** Edits in place. False where the message is gone. */
	update(conversation: Conversation, reference: string, message: ChatMessage): Promise<boolean>;
	/** The thread below a message; undefined where the platform has no threads. Pure. */
	threadOf(conversation: Conversation, reference: string): Conversation | undefined;
	/** The conversation without its thread, as rate limits count. Pure. */
	channelOf(conversation: Conversation): Conversation;
	/** Where things go that no route names. */
	defaultConversation(): Conversation | undefined;
};
