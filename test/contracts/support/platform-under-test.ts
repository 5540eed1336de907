import type { Conversation } from "../../../src/domain/chat-event.ts";

/** The people of the contract, the same on every platform. Gina has no role anywhere, so she is a guest. */
export const PEOPLE = ["ada", "olga", "omar", "gina"] as const;
export type Name = (typeof PEOPLE)[number];

export type Verdict = "approve" | "deny";

/** A message of the product as one person sees it. */
export type Shown = {
	/** What the platform calls it; an edit keeps it. */
	readonly reference: string;
	/** The message whose thread it stands in, or for a reply to somebody the message it answers. */
	readonly thread?: string;
	/** All words on it, without the platform's escapes. */
	readonly text: string;
	readonly buttons: readonly Verdict[];
	/** What is live on it beside buttons and links into the console: mentions, links, hidden characters. */
	readonly live: readonly string[];
	/** Why the platform would not show it whole. */
	readonly problem?: string;
	/** As the platform keeps it, for pressing its buttons later. */
	readonly raw: unknown;
};

/**
 * A chat platform as the contract speaks to it: its own requests over HTTP on one side, what its clients show on the
 * other.
 */
export type PlatformUnderTest = {
	readonly name: string;
	readonly hasThreads: boolean;
	/** Where its incidents go. */
	readonly place: Conversation;
	/** The identity of a person there, as roles are given to it. */
	identity(person: Name): string;
	/** Says something to the product, in a thread where one is named. Gives the thread in which it is answered. */
	say(person: Name, text: string, thread?: string): Promise<string | undefined>;
	/** Presses a decision of a message as it was shown, to this person or another, now or earlier. */
	press(person: Name, message: Shown, verdict: Verdict): Promise<void>;
	/** Says why, in what the platform offers after a denial. */
	giveReason(person: Name, reason: string): Promise<void>;
	/** All that the product has said in the place, oldest first. */
	messagesShown(person: Name): Promise<readonly Shown[]>;
	/** What this person alone was told of their presses and forms, oldest first. */
	toldAlone(person: Name): readonly string[];
};
