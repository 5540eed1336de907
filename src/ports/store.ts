import type { Alert } from "../domain/alert.ts";
import type { Anomaly } from "../domain/anomaly.ts";
import type { Approval, ApprovalStatus, Decision, Preflight } from "../domain/approval.ts";
import type { AuditEvent, AuditRecord, AuditVerification } from "../domain/audit-event.ts";
import type { Execution } from "../domain/execution.ts";
import type { Freeze } from "../domain/freeze.ts";
import type { Incident } from "../domain/incident.ts";
import type {
	ConversationStore,
	DeliveryStore,
	InboxStore,
	MessageStore,
	PostingStore,
	SharedChartStore,
} from "./chat-stores.ts";
import type { JobName, JobPayloads } from "./job-queue.ts";
import type { Page, PageRequest } from "./page.ts";
import type { PeopleStore } from "./people-store.ts";
import type { ReplyStore } from "./reply-store.ts";
import type { RuleStore } from "./rule-store.ts";

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
	/** Keeps what a check before the decision found, while the request is pending. */
	setPreflight(id: string, preflight: Preflight): Promise<void>;
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

/** Freezes: what stops effects at once, everywhere. Lock with `lockEffects` before a change. */
export type FreezeStore = {
	/** Gives the freeze its id (F-n). */
	create(freeze: Omit<Freeze, "id">): Promise<Freeze>;
	/** Those in force by the database's clock, newest first. */
	active(): Promise<readonly Freeze[]>;
	/** False where it is lifted already. AppError `not_found`. */
	lift(id: string): Promise<boolean>;
	/** Keeps why it was made. AppError `not_found`. */
	explain(id: string, reason: string): Promise<void>;
	list(page: PageRequest): Promise<Page<Freeze>>;
};

/** One target of a run that was begun, for cooldowns and blast radius. */
export type RecentEffect = {
	readonly approvalId: string;
	readonly remediation: string;
	readonly environment: string;
	readonly targetId: string;
	readonly targetName: string;
	readonly intendedAtMs: number;
	/** How many things it was: of a group that shrank, the instances that went. */
	readonly weight: number;
};

/** Runs of approved plans: at most one for each approval, enforced by the store. */
export type ExecutionStore = {
	/** Gives the execution its id (X-n). AppError `conflict` if the approval has one already. */
	create(execution: Omit<Execution, "id">): Promise<Execution>;
	ofApproval(approvalId: string): Promise<Execution | undefined>;
	save(execution: Execution): Promise<void>;
	/** The targets of all runs whose intent was recorded at or after `sinceMs`, newest first. */
	recent(sinceMs: number): Promise<readonly RecentEffect[]>;
};

/** The chain of what happened. `append` must run in the transaction of what it records. */
export type AuditLog = {
	/**
	 * Secrets are taken out before anything is kept. A record that precedes an effect is refused, and so its transaction
	 * fails, where the chain can't be anchored outside the database: AppError `unavailable`, or `conflict` if it was set back.
	 */
	append(event: AuditEvent): Promise<AuditRecord>;
	list(filter: { readonly subject?: string }, page: PageRequest): Promise<Page<AuditRecord>>;
	/** All records of a span of time as they are now, oldest first, in batches. */
	read(span: AuditSpan): AsyncIterable<readonly AuditRecord[]>;
	/** Walks the whole chain, or its newest records, in bounded memory, and compares it with signatures and anchor. */
	verify(options?: { readonly newest?: number }): Promise<AuditVerification>;
	/**
	 * Writes down outside the database how far the committed chain goes. Called between the commit of an intent and its
	 * effect. AppErrors as `append`; then the effect must not happen.
	 */
	anchor(): Promise<void>;
};

/** From the first instant to before the second, in Unix milliseconds; without one, from the beginning or to the end. */
export type AuditSpan = { readonly fromMs?: number | undefined; readonly toMs?: number | undefined };

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

/** What can be changed by command: a route, or of a watch its definition, its mute and its sensitivity. */
export type SettingKind = "route" | "watch" | "watch-mute" | "watch-sensitivity";

/** A setting changed by a command, over the configuration file. `value` null: the file's entry does not count. */
export type SettingOverlay = {
	readonly kind: SettingKind;
	readonly name: string;
	readonly value: unknown;
	readonly actorName: string;
	readonly changedAtMs: number;
};

export type SettingStore = {
	list(): Promise<readonly SettingOverlay[]>;
	put(overlay: Omit<SettingOverlay, "changedAtMs">): Promise<void>;
	/** Takes an overlay back: the file counts again. False where there was none. */
	remove(kind: SettingKind, name: string): Promise<boolean>;
};

/** Detector state of watches, in chunks of some series each, and small durable settings. */
export type WatchStore = {
	loadSnapshot(name: string): Promise<Uint8Array | undefined>;
	/** AppError `conflict` when `fencingToken` is older than the last one that wrote. */
	saveSnapshot(name: string, snapshot: Uint8Array, fencingToken: number): Promise<void>;
	/** From now on nobody with an older token may write chunks of this watch. AppError `conflict` if this one is older. */
	claim(watch: string, fencingToken: number): Promise<void>;
	/** The numbers of the saved chunks, ascending. */
	chunkNumbers(watch: string): Promise<readonly number[]>;
	loadChunk(watch: string, chunk: number): Promise<Uint8Array | undefined>;
	/** AppError `conflict` when the watch is claimed with a newer token. */
	saveChunk(watch: string, chunk: number, bytes: Uint8Array, fencingToken: number): Promise<void>;
	/** Deletes the chunks from this number on. AppError as `saveChunk`. */
	dropChunks(watch: string, fromChunk: number, fencingToken: number): Promise<void>;
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
	readonly freezes: FreezeStore;
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
	readonly rules: RuleStore;
	readonly replies: ReplyStore;
	/** The database's clock in Unix milliseconds; deadlines are judged by it. */
	now(): Promise<number>;
	/**
	 * Lets one transaction after another judge and record what may change the world, over all replicas: intents,
	 * freezes and their lifting, and who may decide. Held until the transaction ends.
	 */
	lockEffects(): Promise<void>;
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
