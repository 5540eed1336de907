import type { Actor } from "./actor.ts";

/** Where people talk: one channel or thread of one platform. Only that platform understands `id`. */
export type Conversation = { readonly platform: string; readonly id: string };

/**
 * Who reads what is said in a conversation: one person (`direct`), the members of a closed channel (`private`) or
 * anybody of the organisation (`public`). `channel` is the conversation without its thread. `inChannel`: it was written
 * in that channel, which others are in too, though the answer is shown to one person alone.
 */
export type Audience = {
	readonly kind: "direct" | "private" | "public";
	readonly channel: Conversation;
	readonly inChannel?: true;
};

/** Something a person wrote. `timeZone`: their IANA zone, where the platform knows it. */
type Spoken = {
	readonly conversation: Conversation;
	readonly audience: Audience;
	readonly actor: Actor;
	readonly text: string;
	readonly timeZone?: string;
};

/** What a chat platform hands in, after it verified who it comes from. */
export type ChatEvent =
	| ({ readonly kind: "said" } & Spoken)
	| ({
			readonly kind: "command";
			/** As for a decision; then nothing is changed by the command. */
			readonly barred?: string;
	  } & Spoken)
	| {
			readonly kind: "decided";
			readonly conversation: Conversation;
			readonly actor: Actor;
			readonly approvalId: string;
			readonly verdict: "approve" | "deny";
			readonly reason?: string;
			/** What was typed where the plan asks for it, such as its target's name. */
			readonly confirmation?: string;
			/** Why the platform's own account of this person may not decide: deactivated, a bot, from outside. */
			readonly barred?: string;
	  }
	| {
			/** Why somebody decided as they did, told afterwards. */
			readonly kind: "reasoned";
			readonly conversation: Conversation;
			readonly actor: Actor;
			readonly approvalId: string;
			readonly reason: string;
	  };
