import type { Actor } from "./actor.ts";

/** Where people talk: one channel or thread of one platform. */
export type Conversation = { readonly platform: string; readonly id: string };

/** Something a person wrote. `timeZone`: their IANA zone, where the platform knows it. */
type Spoken = {
	readonly conversation: Conversation;
	readonly actor: Actor;
	readonly text: string;
	readonly timeZone?: string;
};

/** What a chat platform hands in, after it verified who it comes from. */
export type ChatEvent =
	| ({ readonly kind: "said" } & Spoken)
	| ({ readonly kind: "command" } & Spoken)
	| {
			readonly kind: "decided";
			readonly conversation: Conversation;
			readonly actor: Actor;
			readonly approvalId: string;
			readonly verdict: "approve" | "deny";
			readonly reason?: string;
	  };
