import type { Identity, Person, Role } from "../domain/actor.ts";
import type { Anomaly } from "../domain/anomaly.ts";
import type { Approval, ApprovalStatus, Decision } from "../domain/approval.ts";
import type { AuditEvent, AuditRecord, AuditVerification } from "../domain/audit-event.ts";
import type { Conversation } from "../domain/chat-event.ts";
import type { ChatMessage } from "../domain/chat-message.ts";
import type { Execution } from "../domain/execution.ts";
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

/** What changed, for live views. */
export type Change = {
	readonly kind: "message" | "incident" | "approval" | "watch" | "status";
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
