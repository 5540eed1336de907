import type { Actor } from "../../../src/domain/actor.ts";
import type { ChatEvent } from "../../../src/domain/chat-event.ts";
import type { ChatMessage } from "../../../src/domain/chat-message.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import type { Inbox } from "../../../src/ports/inbox.ts";
import type { Logger } from "../../../src/ports/logger.ts";
import type { Store } from "../../../src/ports/store.ts";
import type { AllowedSenders } from "../verify/check-sender.ts";
import type { TeamsMember } from "./member-standing.ts";

/** A subject as it stands, for one person to look at. */
export type SubjectView = {
	readonly message: ChatMessage;
	/** Whether this person may decide on what the message asks. */
	readonly mayDecide: boolean;
	/** The address of the chart's picture. */
	readonly chartUrl?: string;
	/** Whose clients ask for a card of their own. */
	readonly refreshUserIds?: readonly string[];
};

/** A person in a conversation, for a look into its roster. */
type RosterQuestion = {
	readonly serviceUrl: string;
	/** Without a thread. */
	readonly conversationId: string;
	readonly userId: string;
};

/** What the incoming side is made from. */
export type TeamsIntakeOptions = AllowedSenders & {
	readonly appId: string;
	/** The OpenID metadata of the Bot Connector. */
	readonly openIdUrl: string;
	readonly store: Pick<
		Store,
		"people" | "approvals" | "audit" | "postings" | "deliveries" | "conversations" | "now"
	>;
	readonly inbox: Inbox;
	readonly clock: Clock;
	readonly logger: Logger;
	/** IANA name, for times in cards that clients do not format. */
	readonly timeZone: string;
	/** Where the console is reached. */
	readonly consoleUrl?: string;
	/** What the product does with an event, and what it says to it. */
	route(event: ChatEvent): Promise<readonly ChatMessage[]>;
	/**
	 * Draws `incident:INC-3` or `approval:A-3` for a person from the store. Undefined for what can't be drawn, and for
	 * what this person may not read: the subject may come from a card that was tampered with.
	 */
	cardOf(subject: string, viewer: Actor): Promise<SubjectView | undefined>;
	/** What the conversation's roster says of a member. May throw; it is not waited for longer than two seconds. */
	memberOf(question: RosterQuestion): Promise<TeamsMember | undefined>;
	/** Counts deliveries by what became of them: `accepted`, `repeated`, `shown`, `ignored`, or why one was refused. */
	count?(outcome: string): void;
};
