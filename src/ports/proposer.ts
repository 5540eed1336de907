import type { Actor } from "../domain/actor.ts";
import type { Approval } from "../domain/approval.ts";
import type { Conversation } from "../domain/chat-event.ts";

/** Turns a wish into a request that people decide on. It changes nothing in the world. */
export type Proposer = {
	/** AppErrors: `not_found` (no such target, with the nearest names), `forbidden`, `conflict` (already asked). */
	propose(request: {
		readonly remediation: string;
		readonly parameters: Readonly<Record<string, unknown>>;
		readonly requester: Actor;
		readonly incidentId?: string;
		/** Where it is asked for: it is shown there too. */
		readonly askedIn?: Conversation;
	}): Promise<Approval>;
};
