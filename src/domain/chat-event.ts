import type { Actor } from "./actor.ts";

/** Where people talk: one channel or thread of one platform. */
export type Conversation = { readonly platform: string; readonly id: string };

/** What a chat platform hands in, after it verified who it comes from. */
export type ChatEvent =
	| {
			readonly kind: "said";
			readonly conversation: Conversation;
			readonly actor: Actor;
			readonly text: string;
	  }
	| {
			readonly kind: "command";
			readonly conversation: Conversation;
			readonly actor: Actor;
			readonly text: string;
	  }
	| {
			readonly kind: "decided";
			readonly conversation: Conversation;
			readonly actor: Actor;
			readonly approvalId: string;
			readonly verdict: "approve" | "deny";
			readonly reason?: string;
	  };
