import type { Identity, Person, Role } from "../domain/actor.ts";
import type { Alert } from "../domain/alert.ts";
import type { Anomaly } from "../domain/anomaly.ts";
import type { Approval, ApprovalStatus, Decision } from "../domain/approval.ts";
import type { AuditEvent, AuditRecord, AuditVerification } from "../domain/audit-event.ts";
import type { Chart } from "../domain/chart.ts";
import type { Conversation } from "../domain/chat-event.ts";
import type { ChatMessage } from "../domain/chat-message.ts";
import type { Delivery, DeliveryOrder, DeliveryOutcome } from "../domain/delivery.ts";
import type { Execution } from "../domain/execution.ts";
import type { InboxEntry, StoredInboxEntry } from "../domain/inbox-entry.ts";
import type { Incident } from "../domain/incident.ts";
import type { JobName, JobPayloads } from "./job-queue.ts";

/** One page of a list, newest first. `next` is the cursor of the page after it. */
export type Page<T> = { readonly items: readonly T[]; readonly next?: string };

/** How to page: `limit` 1-200, `cursor` as given by the page before. An unknown cursor is AppError `invalid`. */
export type PageRequest = { readonly limit: number; readonly cursor?: string };

/** Incidents. `save` compares and swaps on `version` and throws AppError `conflict` where somebody was faster. */
export type IncidentStore = {
	/** Gives the incident its id (INC-n) and version 1. */
	create(incident: Omit<Incident, "id" | "version">): Promise<Incident>;
	get(id: string): Promise<Incident | undefined>;
	/** Locks the row until the transaction ends. */
	getForUpdate(id: string): Promise<Incident | undefined>;
	/** The open incident of a target, locked until the transaction ends. There is at most one for each kind. */
	openOf(target: string, environment: string, kind: Incident["kind"]): Promise<Incident | undefined>;
	save(incident: Incident): Promise<Incident>;
	list(
		filter: { readonly status?: Incident["status"]; readonly sinceMs?: number },
		page: PageRequest,
	): Promise<Page<Incident>>;
};

/** Anomalies of incidents. */
export type AnomalyStore = {
	/** Gives the anomaly its id (AN-n). At most one is open for a (watch, series): a second is AppError `conflict`. */
	create(anomaly: Omit<Anomaly, "id">): Promise<Anomaly>;
	get(id: string): Promise<Anomaly | undefined>;
	save(anomaly: Anomaly): Promise<void>;
	openOf(watch: string): Promise<readonly Anomaly[]>;
	ofIncident(incidentId: string): Promise<readonly Anomaly[]>;
	list(
		filter: { readonly status?: "open" | "closed"; readonly sinceMs?: number },
		page: PageRequest,
	): Promise<Page<Anomaly>>;
};

/** Requests and the decisions on them. */
export type ApprovalStore = {
	/** Gives the approval its id (A-n) and version 1. */
	create(approval: Omit<Approval, "id" | "version" | "decisions">): Promise<Approval>;
	get(id: string): Promise<Approval | undefined>;
	/** Locks the row until the transaction ends. */
	getForUpdate(id: string): Promise<Approval | undefined>;
	addDecision(approvalId: string, decision: Decision): Promise<void>;
	/**
	 * Compare-and-swap of the status: true if it was `from` and is now `to`. The move must be one the state machine
	 * allows. `outcome` and `endedAtMs` are kept where given.
	 */
	move(
		id: string,
		from: ApprovalStatus,
		to: ApprovalStatus,
		end?: { readonly outcome: string; readonly endedAtMs: number },
	): Promise<boolean>;
	list(
		filter: {
			readonly status?: readonly ApprovalStatus[];
			readonly incidentId?: string;
			readonly target?: string;
			readonly sinceMs?: number;
		},
		page: PageRequest,
	): Promise<Page<Approval>>;
};

/** Runs of approved plans: at most one for each approval, enforced by the store. */
export type ExecutionStore = {
	/** Gives the execution its id (X-n). AppError `conflict` if the approval has one already. */
	create(execution: Omit<Execution, "id">): Promise<Execution>;
	ofApproval(approvalId: string): Promise<Execution | undefined>;
	save(execution: Execution): Promise<void>;
};

/** The chain of what happened. `append` must run in the transaction of what it records. */
export type AuditLog = {
	append(event: AuditEvent): Promise<AuditRecord>;
	list(filter: { readonly subject?: string }, page: PageRequest): Promise<Page<AuditRecord>>;
	/** Walks the whole chain in bounded memory. */
	verify(): Promise<AuditVerification>;
};

/** A session or an API key, found by the hash of its secret. */
export type Credential = {
	readonly id: string;
	readonly kind: "api-key" | "session";
	readonly person: Person;
	readonly via: Identity;
};

/** People, their identities and how they prove who they are. Only SHA-256 hashes of secrets are kept. */
export type PeopleStore = {
	byIdentity(identity: Identity): Promise<Person | undefined>;
	byId(id: string): Promise<Person | undefined>;
	list(): Promise<readonly (Person & { readonly identities: readonly Identity[] })[]>;
	/** Makes the person of an identity, or changes name and role of the one there is. Idempotent. */
	upsert(identity: Identity, name: string, role: Role): Promise<Person>;
	/** The person of an identity under the name the platform gives now; unknown ones become guests. Idempotent. */
	meet(identity: Identity, name: string): Promise<Person>;
	/** Changes a role. AppError `not_found`. */
	setRole(personId: string, role: Role): Promise<Person>;
	/** All identities of a person. */
	identitiesOf(personId: string): Promise<readonly Identity[]>;
	/**
	 * Makes two persons one: the identities and decisions of `goneId` belong to `keptId` from now on, which keeps its
	 * name and role; `byId(goneId)` gives `keptId` afterwards. AppError `not_found`.
	 */
	merge(keptId: string, goneId: string): Promise<Person>;
	/** A code that links another account to a person once, before it expires. One for a person: a new one replaces it. */
	addLinkCode(code: {
		readonly codeHash: string;
		readonly personId: string;
		readonly expiresAtMs: number;
	}): Promise<void>;
	/** The person of an unused, unexpired link code, which is used up by this. */
	useLinkCode(codeHash: string): Promise<Person | undefined>;
	/** Stores a credential; an API key with the same id is replaced. `expiresAtMs` undefined: until revoked. */
	addCredential(credential: {
		readonly id: string;
		readonly kind: "api-key" | "session";
		readonly personId: string;
		readonly secretHash: string;
		readonly expiresAtMs?: number;
	}): Promise<void>;
	credentialByHash(kind: "api-key" | "session", secretHash: string): Promise<Credential | undefined>;
	revokeCredential(id: string): Promise<void>;
	/** A code that signs a person in once, before it expires. */
	addSignInCode(code: {
		readonly codeHash: string;
		readonly personId: string;
		readonly expiresAtMs: number;
	}): Promise<void>;
	/** The person of an unused, unexpired code, which is used up by this. */
	useSignInCode(codeHash: string): Promise<Person | undefined>;
};

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

/** Messages on their way to a conversation; the newest wish for a (subject, conversation) replaces older ones. */
export type DeliveryStore = {
	/** Asks for a message to be shown, or shown anew. Inside a transaction only if it commits. Idempotent. */
	want(orders: readonly DeliveryOrder[]): Promise<void>;
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
	/** Channels with messages that can't be delivered now, with the sentence why and how many wait. */
	troubled(): Promise<
		readonly {
			readonly channel: Conversation;
			readonly problem: string;
			readonly waiting: number;
			readonly sinceMs: number;
		}[]
	>;
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

/** Alerts. One row for each (fingerprint, startsAtMs), whatever the number of senders and repeats. */
export type AlertStore = {
	/** Gives the alert its id (AL-n). AppError `conflict` where it is known. */
	create(alert: Omit<Alert, "id">): Promise<Alert>;
	/** Locked until the transaction ends. */
	find(fingerprint: string, startsAtMs: number): Promise<Alert | undefined>;
	save(alert: Alert): Promise<void>;
	ofIncident(incidentId: string): Promise<readonly Alert[]>;
	list(
		filter: { readonly status?: "firing" | "resolved"; readonly sinceMs?: number },
		page: PageRequest,
	): Promise<Page<Alert>>;
};

/** A setting changed by a command, over the configuration file. `value` null: the file's entry does not count. */
export type SettingOverlay = {
	readonly kind: "route";
	readonly name: string;
	readonly value: unknown;
	readonly actorName: string;
	readonly changedAtMs: number;
};

export type SettingStore = {
	list(): Promise<readonly SettingOverlay[]>;
	put(overlay: Omit<SettingOverlay, "changedAtMs">): Promise<void>;
	/** Takes an overlay back: the file counts again. False where there was none. */
	remove(kind: SettingOverlay["kind"], name: string): Promise<boolean>;
};

/** Detector state of watches and small durable settings. */
export type WatchStore = {
	loadSnapshot(watch: string): Promise<Uint8Array | undefined>;
	/** AppError `conflict` when `fencingToken` is older than the last one that wrote. */
	saveSnapshot(watch: string, snapshot: Uint8Array, fencingToken: number): Promise<void>;
};

/** Work that may have one owner at a time, across replicas. */
export type LeaseStore = {
	/** The fencing token if `owner` holds the lease until `ttlSeconds` from now, or undefined if another does. */
	acquire(name: string, owner: string, ttlSeconds: number): Promise<number | undefined>;
	release(name: string, owner: string): Promise<void>;
	/** True for exactly one caller of each (name, instant): how a scheduled job runs once over several replicas. */
	claimRun(name: string, instantMs: number): Promise<boolean>;
	/** The newest instant that was claimed for a name. */
	lastRun(name: string): Promise<number | undefined>;
};

/** Everything that is kept. Inside `transaction` all stores share one database transaction. */
export type Stores = {
	readonly incidents: IncidentStore;
	readonly anomalies: AnomalyStore;
	readonly approvals: ApprovalStore;
	readonly executions: ExecutionStore;
	readonly audit: AuditLog;
	readonly people: PeopleStore;
	readonly messages: MessageStore;
	readonly postings: PostingStore;
	readonly watches: WatchStore;
	readonly leases: LeaseStore;
	readonly inbox: InboxStore;
	readonly deliveries: DeliveryStore;
	readonly sharedCharts: SharedChartStore;
	readonly conversations: ConversationStore;
	readonly alerts: AlertStore;
	readonly settings: SettingStore;
	/** The database's clock in Unix milliseconds; deadlines are judged by it. */
	now(): Promise<number>;
	/** Queues a job; inside a transaction it exists only if the transaction commits. */
	enqueue<N extends JobName>(
		name: N,
		payload: JobPayloads[N],
		options?: { readonly afterSeconds?: number; readonly singleton?: string },
	): Promise<void>;
	/** Tells every replica's listeners that something changed; inside a transaction only after it commits. */
	announce(change: Change): Promise<void>;
};

/** What changed, for live views; `delivery` wakes who delivers messages. */
export type Change = {
	readonly kind: "message" | "incident" | "approval" | "watch" | "status" | "delivery";
	readonly id: string;
};

/** The store's entry point. */
export type Store = Stores & {
	/** Runs `work` in one transaction, retried on serialization failures; an error rolls everything back. */
	transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
	/** Calls back for each announced change of any replica until the returned function is called. */
	subscribe(listener: (change: Change) => void): () => void;
	/** Undefined if the store answers, else one sentence on what is wrong. */
	problem(): Promise<string | undefined>;
};
