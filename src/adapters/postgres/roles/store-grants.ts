import { ADD, ALL, READ, type SchemaGrants, type TableGrant, WRITE } from "./table-grant.ts";

/** A request's plan, rule, requester and deadline never change; a trigger judges the moves of its status. */
const MOVE: TableGrant = { select: "all", update: ["status", "version", "outcome", "ended_at"] };
const PROPOSE: TableGrant = { ...MOVE, insert: true };
/** What was asked of AWS before anybody is asked is the executor's to say. */
const EXECUTE: TableGrant = { ...MOVE, update: ["status", "version", "outcome", "ended_at", "preflight"] };

/** What was used up or ran out may be pruned, without a look at anything but its time. */
const prunable = (column: string, isOver: string): TableGrant => ({
	select: [column],
	delete: true,
	rows: { select: isOver, delete: isOver },
});
const EXPIRED = prunable("expires_at", "expires_at <= clock_timestamp()");

/** Records in the name of another role would be a forgery; `action` says whose they are. */
const mayNotRecord = (...actions: readonly string[]): TableGrant => ({
	...ADD,
	rows: { insert: `action !~ '^(${actions.join("|").replaceAll(".", "[.]")})'` },
});
const BY_PEOPLE = [
	"approval.decided",
	"approval.decision_",
	"approval.cancel_refused",
	"approval.resolve",
	"audit.",
	"freeze.",
	"people.",
	"role.",
	"setting.",
];
const BY_EXECUTOR = ["approval.checked", "execution.", "rollback."];
const OUTCOMES = [
	"approval.succeeded",
	"approval.failed",
	"approval.rolled_back",
	"approval.rollback_failed",
];

/** The executor's leases are its own: whoever held them could keep approved requests from running. */
const leases = (own: string): TableGrant => ({
	...WRITE,
	rows: { select: own, insert: own, update: own },
});

const HEAD: TableGrant = { select: "all", update: ["sequence", "hash", "key", "signature"] };

/**
 * What each role may do with each table of the store. A table that is not here is nobody's: a test names it, so that
 * it is thought about.
 */
export const STORE_GRANTS: SchemaGrants = {
	approvals: { ingress: PROPOSE, agent: PROPOSE, executor: EXECUTE },
	decisions: { ingress: ADD, agent: READ, executor: READ },
	executions: { ingress: READ, agent: READ, executor: WRITE },
	freezes: { ingress: { ...ADD, update: ["lifted_at", "reason"] }, agent: READ, executor: READ },

	audit_records: {
		ingress: mayNotRecord(...BY_EXECUTOR),
		agent: mayNotRecord(...BY_PEOPLE, ...BY_EXECUTOR, ...OUTCOMES),
		executor: mayNotRecord(...BY_PEOPLE),
	},
	audit_head: { ingress: HEAD, agent: HEAD, executor: HEAD },

	people: { ingress: ALL, agent: READ },
	identities: { ingress: WRITE, agent: READ, executor: READ },
	known_people: { ingress: READ, agent: READ, executor: READ },
	credentials: { ingress: ALL, agent: EXPIRED },
	sign_in_codes: { ingress: ALL, agent: EXPIRED },
	link_codes: { ingress: ALL, agent: EXPIRED },
	settings: { ingress: ALL, agent: READ, executor: READ },

	incidents: { ingress: WRITE, agent: WRITE },
	anomalies: {
		ingress: READ,
		agent: { ...ALL, rows: { delete: "closed_at is not null" } },
	},
	alerts: {
		ingress: WRITE,
		agent: { ...READ, delete: true, rows: { delete: "resolved_at is not null" } },
	},
	rule_runs: { ingress: READ, agent: WRITE },
	watch_snapshots: { ingress: READ, agent: { ...ALL, rows: { delete: "watch like 'board:%'" } } },
	watch_owners: {
		agent: { ...ALL, rows: { delete: "claimed_at < clock_timestamp() - interval '1 day'" } },
	},
	watch_chunks: { agent: ALL },
	scheduled_runs: { ingress: READ, agent: { ...ADD, delete: true } },
	leases: { agent: leases("name not like 'execution:%'"), executor: leases("name like 'execution:%'") },

	inbox: { ingress: WRITE, agent: prunable("finished_at", "finished_at is not null") },
	kept_replies: {
		ingress: ALL,
		agent: prunable("claimed_at", "claimed_at < clock_timestamp() - interval '1 day'"),
	},
	messages: { ingress: WRITE, agent: ALL },
	postings: { ingress: ADD, agent: ADD },
	deliveries: { ingress: WRITE, agent: ALL },
	delivery_channels: { ingress: WRITE, agent: WRITE },
	conversations: { ingress: ALL, agent: READ },
	shared_charts: { ingress: ADD, agent: { ...ADD, delete: true } },

	migrations: { ingress: READ, agent: READ, executor: READ },
	migration_lock: {},
	database_roles: { ingress: READ, agent: READ, executor: READ },
};

/** Sequences that statements name themselves; those of identity columns need no grant. */
export const STORE_SEQUENCES = {
	inbox_number_seq: ["ingress"],
	deliveries_number_seq: ["ingress", "agent"],
} as const;
