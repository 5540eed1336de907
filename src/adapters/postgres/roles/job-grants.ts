import type { JobName } from "../../../ports/job-queue.ts";
import type { DatabaseRole } from "./database-role.ts";
import type { SchemaGrants, TableGrant } from "./table-grant.ts";

/** The queues a role works off, and those it only puts jobs into. */
type Queues = { readonly works: readonly JobName[]; readonly sends: readonly JobName[] };

export const ROLE_QUEUES: Readonly<Record<DatabaseRole, Queues>> = {
	ingress: {
		works: [],
		sends: ["check-approval", "execute-approval", "publish-incident", "publish-approval", "explain-incident"],
	},
	agent: { works: ["publish-incident", "publish-approval", "explain-incident"], sends: ["check-approval"] },
	executor: {
		works: ["check-approval", "execute-approval", "verify-execution"],
		sends: ["publish-approval"],
	},
};

/** Whether a role works off any queue: then its processes look for jobs whose worker died. */
export function worksQueues(role: DatabaseRole): boolean {
	return ROLE_QUEUES[role].works.length > 0;
}

const isOne = (column: string, names: readonly string[]) =>
	names.length === 0 ? "false" : `${column} in (${names.map((name) => `'${name}'`).join(", ")})`;

/** Jobs of the role's queues; of a queue it only sends to, none that somebody has taken. */
function jobs(role: DatabaseRole): TableGrant {
	const { works, sends } = ROLE_QUEUES[role];
	const known = isOne("name", [...works, ...sends]);
	const changed = `${isOne("name", works)} or (${isOne("name", sends)} and state = 'created')`;
	return {
		select: "all",
		insert: true,
		update: works.length > 0 ? "all" : ["start_after"],
		...(works.length > 0 ? { delete: true as const } : {}),
		// A job with a dead letter queue would come back as a job of that queue.
		rows: {
			select: known,
			insert: `${known} and dead_letter is null`,
			update: changed,
			delete: isOne("name", works),
		},
	};
}

/** The queue's own row: settings can be read, and who works it keeps its counters. */
function queues(role: DatabaseRole): TableGrant {
	const { works, sends } = ROLE_QUEUES[role];
	const select = isOne("name", [...works, ...sends]);
	if (works.length === 0) return { select: "all", rows: { select } };
	return { select: "all", update: COUNTERS, rows: { select, update: isOne("name", works) } };
}

const COUNTERS = [
	"deferred_count",
	"queued_count",
	"ready_count",
	"active_count",
	"failed_count",
	"total_count",
	"singletons_active",
	"ready_history",
	"monitor_claim_on",
	"monitor_on",
	"maintain_on",
];

const version: TableGrant = { select: "all", update: ["flow_on"] };
const dependencies: TableGrant = { select: "all", delete: true };

/** What each role may do with pg-boss' tables; as `STORE_GRANTS`. */
export const JOB_GRANTS: SchemaGrants = {
	job: { ingress: jobs("ingress"), agent: jobs("agent"), executor: jobs("executor") },
	job_common: { ingress: jobs("ingress"), agent: jobs("agent"), executor: jobs("executor") },
	queue: { ingress: queues("ingress"), agent: queues("agent"), executor: queues("executor") },
	version: { ingress: { select: "all" }, agent: version, executor: version },
	job_dependency: { agent: dependencies, executor: dependencies },
	// Its rows are commands that the owner's processes run.
	bam: {},
	queue_stats: {},
	schedule: {},
	subscription: {},
	warning: {},
};

/** Functions that pg-boss' statements call; all others of its schema are the owner's. */
export const JOB_FUNCTIONS = ["job_now()"] as const;
