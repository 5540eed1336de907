import type { Chart } from "../domain/chart.ts";
import type { Conversation } from "../domain/chat-event.ts";
import type { ChatMessage } from "../domain/chat-message.ts";
import type { Delivery, DeliveryOrder, DeliveryOutcome } from "../domain/delivery.ts";
import type { InboxEntry, StoredInboxEntry } from "../domain/inbox-entry.ts";
import type { Page, PageRequest } from "./page.ts";

/** A message as the console keeps it. */
export type StoredMessage = {
	readonly id: string;
	readonly conversation: string;
	readonly author: { readonly kind: "person" | "bot"; readonly name: string };
	readonly message: ChatMessage;
	readonly createdAtMs: number;
	readonly updatedAtMs: number;
};

/** The console's own channel history. */
export type MessageStore = {
	create(message: Omit<StoredMessage, "id" | "createdAtMs" | "updatedAtMs">): Promise<StoredMessage>;
	update(id: string, message: ChatMessage): Promise<StoredMessage | undefined>;
	get(id: string): Promise<StoredMessage | undefined>;
	list(conversation: string, page: PageRequest): Promise<Page<StoredMessage>>;
};

/** Which message on which platform shows a subject (an incident, a digest run): how a living message is found again. */
export type PostingStore = {
	find(subject: string, conversation: Conversation): Promise<string | undefined>;
	/** Idempotent: the first reference stays. */
	remember(subject: string, conversation: Conversation, reference: string): Promise<string>;
	/** Every conversation that shows the subject. */
	whereShown(subject: string): Promise<readonly Conversation[]>;
	/** What a message shows, found by where it stands. */
	subjectOf(conversation: Conversation, reference: string): Promise<string | undefined>;
};

/** Deliveries of chat platforms and webhooks: what was acknowledged is a row here first. */
export type InboxStore = {
	/**
	 * Keeps entries in one commit. For each, in order: its id, or undefined where its (platform, key) was kept before.
	 * `owner` holds the new ones for `holdSeconds`, as with `claim`.
	 */
	accept(
		entries: readonly InboxEntry[],
		owner: string,
		holdSeconds: number,
	): Promise<readonly (string | undefined)[]>;
	/** Unfinished entries that nobody holds, oldest first, held by `owner` for so long. Attempts grow by one. */
	claim(owner: string, limit: number, holdSeconds: number): Promise<readonly StoredInboxEntry[]>;
	/** What `owner` holds of these stays its own for so long from now. */
	renew(ids: readonly string[], owner: string, holdSeconds: number): Promise<void>;
	/** Entries that an earlier life of `owner` held are free: called once, before it takes any. */
	resume(owner: string): Promise<void>;
	/** Work on an entry is over: done, or given up with the public sentence why. Its payload is emptied when done. */
	finish(id: string, problem?: string): Promise<void>;
	/** Nobody holds it any more before `afterSeconds`: it is tried again then. */
	release(id: string, afterSeconds: number): Promise<void>;
	/** How many wait, how many were given up, and when each platform last delivered something. */
	count(): Promise<{
		readonly waiting: number;
		readonly failed: number;
		readonly lastReceivedAtMs: Readonly<Record<string, number>>;
	}>;
};

/** A channel whose messages wait because of a problem. */
export type TroubledChannel = {
	readonly channel: Conversation;
	/** The sentence why. */
	readonly problem: string;
	readonly waiting: number;
	readonly sinceMs: number;
	/** When one of them is tried again; 0 where that is now. */
	readonly nextInSeconds: number;
};

/** How many messages of a platform wait, and how long the oldest has. */
export type WaitingMessages = {
	readonly platform: string;
	readonly waiting: number;
	readonly oldestWaitSeconds: number;
};

/** Messages on their way to a conversation; the newest wish for a (subject, conversation) replaces older ones. */
export type DeliveryStore = {
	/** Asks for a message to be shown, or shown anew. Inside a transaction only if it commits. Idempotent. */
	want(orders: readonly DeliveryOrder[]): Promise<void>;
	/** Conversations in which a message of the subject is still to be shown, or shown anew. */
	whereWanted(subject: string): Promise<readonly Conversation[]>;
	/**
	 * Deliveries that are due, oldest first and at most one for each channel, none for a channel that is held or in
	 * which `paceMs` of its platform has not passed since the last claim. `owner` has them for `holdSeconds`.
	 */
	claim(
		owner: string,
		limit: number,
		holdSeconds: number,
		paceMs: Readonly<Record<string, number>>,
	): Promise<readonly Delivery[]>;
	/** Settles a claimed delivery. What was wanted again meanwhile stays due. */
	settle(delivery: Delivery, outcome: DeliveryOutcome): Promise<void>;
	/** Channels with messages that can't be delivered now, the longest troubled first. */
	troubled(): Promise<readonly TroubledChannel[]>;
	/** What waits on each platform, the well and the troubled; a platform where nothing waits is left out. */
	waiting(): Promise<readonly WaitingMessages[]>;
	/**
	 * What a problem holds back on a platform, or in one channel of it, is due now, at most 1000 messages: for when the
	 * cause may be mended. Pace and one message at a time stay, and so does a pause for too many messages.
	 */
	wake(platform: string, channel?: string): Promise<void>;
	/** Frees what an earlier life of `owner` claimed and did not settle. Only for who has nothing claimed yet. */
	resume(owner: string): Promise<void>;
	/** When the next delivery is due, in milliseconds from now; undefined when nothing waits. */
	nextInMs(): Promise<number | undefined>;
};

/** Charts that a chat platform fetches by address. */
export type SharedChartStore = {
	/** Keeps a chart as the newest of a subject and gives its id. */
	keep(subject: string, chart: Chart, surface: "dark" | "light"): Promise<string>;
	get(id: string): Promise<{ readonly chart: Chart; readonly surface: "dark" | "light" } | undefined>;
	/** The id of the newest chart of a subject. */
	newestOf(subject: string): Promise<string | undefined>;
};

/** Conversations a platform told us of, with what it needs to speak there unasked. */
export type KnownConversation = {
	readonly conversation: Conversation;
	readonly name?: string;
	readonly kind: "direct" | "private" | "public";
	/** Plain JSON that only its platform understands; never a credential. */
	readonly reference: unknown;
	readonly seenAtMs: number;
};

export type ConversationStore = {
	/** Keeps what is known of a conversation; the newest replaces older ones. */
	remember(known: Omit<KnownConversation, "seenAtMs">): Promise<void>;
	get(conversation: Conversation): Promise<KnownConversation | undefined>;
	list(platform: string): Promise<readonly KnownConversation[]>;
	forget(conversation: Conversation): Promise<void>;
};
