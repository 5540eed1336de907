import type { Conversation } from "./chat-event.ts";
import type { ChatMessage } from "./chat-message.ts";

/**
 * A message that is to be shown in a conversation. `subject` names what it is about (`incident:INC-3`,
 * `digest:daily:1763629200000`, `inbox:17:0`): one message for each subject and conversation, edited in place.
 */
export type DeliveryOrder = {
	readonly subject: string;
	readonly conversation: Conversation;
	/** The conversation without its thread: what the platform's rate limits count by. */
	readonly channel: string;
	/** What to show; left out, it is drawn from the subject's state when its turn comes. */
	readonly message?: ChatMessage;
	/** Goes into the thread of this subject's message, which must be there first. */
	readonly under?: string;
};

/** An order whose turn has come. `wanted` counts how often it was asked for. */
export type Delivery = DeliveryOrder & {
	readonly wanted: number;
	readonly attempts: number;
	readonly problem?: string;
};

/** How a try ended. `later`: not before so many seconds from now; a problem is what stands in doctor and log. */
export type DeliveryOutcome =
	| { readonly kind: "shown" }
	| { readonly kind: "dropped"; readonly reason: string }
	| {
			readonly kind: "later";
			readonly afterSeconds: number;
			readonly problem?: string;
			/** Nothing else goes to the channel before then either. */
			readonly holdsChannel?: boolean;
	  };
