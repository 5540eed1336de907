import type { DatabaseRole } from "../../../src/adapters/postgres/roles/database-role.ts";

/** A statement that one role's user must not be able to run: it is refused, or finds no row to touch. */
export type Forbidden = {
	readonly role: DatabaseRole;
	readonly what: string;
	readonly text: string;
	/** How it ends: with an error, or without having changed a row, where the rows are hidden. */
	readonly ends: "refused" | "no row";
};

/** `$user` stands for the prefix of the users' names, `$owner` for the owner's. */
type Statements = readonly (readonly [what: string, text: string, ends?: "no row"])[];

const job = (name: string) =>
	`insert into smartcloudops_jobs.job_common (name, data, policy) values ('${name}', '{"approvalId":"A-1"}', 'short')`;
const audit = (action: string) =>
	`insert into smartcloudops.audit_records (sequence, at, action, actor_id, actor_name, subject, summary, data, previous_hash, hash)
	values (900, now(), '${action}', 'person:P-1', 'Ann', 'approval:A-1', '.', '{}', '', '')`;
const move = (number: number, to: string) =>
	`update smartcloudops.approvals set status = '${to}', version = version + 1 where number = ${number}`;
const propose = (status: string, extra = "", value = "") =>
	`insert into smartcloudops.approvals (status, plan, plan_hash, targets, requester, rule, created_at, expires_at, version${extra})
	select '${status}', plan, plan_hash, targets, requester, rule, now(), now(), 1${value} from smartcloudops.approvals where number = 1`;
const decide = `insert into smartcloudops.decisions (approval_number, person_id, person_name, person_role, verdict, decided_at)
	values (1, 'P-1', 'Ann', 'admin', 'approve', now())`;
const intend = `insert into smartcloudops.executions (approval_number, status, intended_at) values (2, 'intended', now())`;

/** What none of the three may do. */
const EVERYBODY: Statements = [
	["change an audit record", "update smartcloudops.audit_records set summary = 'x'"],
	["delete an audit record", "delete from smartcloudops.audit_records"],
	["empty the audit", "truncate smartcloudops.audit_records"],
	["delete the audit's head", "delete from smartcloudops.audit_head"],
	["delete a request", "delete from smartcloudops.approvals"],
	["delete a decision", "delete from smartcloudops.decisions"],
	["change a decision", "update smartcloudops.decisions set verdict = 'approve'"],
	["delete an execution", "delete from smartcloudops.executions"],
	["change a request's plan", "update smartcloudops.approvals set plan = '{}' where number = 1"],
	["change a plan's hash", "update smartcloudops.approvals set plan_hash = 'x' where number = 1"],
	["change a request's rule", `update smartcloudops.approvals set rule = '{"quorum":0}' where number = 1`],
	["put off a deadline", "update smartcloudops.approvals set expires_at = now() + interval '1 year'"],
	["change who asked", "update smartcloudops.approvals set requester = '{}' where number = 1"],
	["take up an ended request again", move(6, "approved")],
	["add a column", "alter table smartcloudops.approvals add column x text"],
	["switch off triggers", "alter table smartcloudops.approvals disable trigger all"],
	["switch off row security", "alter table smartcloudops.leases disable row level security"],
	["drop a policy", "drop policy smartcloudops_role_agent_select on smartcloudops.leases"],
	["switch triggers off for a session", "set session_replication_role = replica"],
	[
		"replace the function that judges moves",
		"create or replace function smartcloudops.check_approval_move() returns trigger language plpgsql as 'begin return new; end'",
	],
	[
		"make a function in the store's schema",
		"create function smartcloudops.f() returns int language sql as 'select 1'",
	],
	["make a table in the store's schema", "create table smartcloudops.t (x int)"],
	["make a table in the jobs' schema", "create table smartcloudops_jobs.t (x int)"],
	["drop a table", "drop table smartcloudops.decisions"],
	["become the owner", "set role $owner"],
	["make a user", "create role intruder superuser"],
	["give itself rights", "alter role current_user superuser"],
	["give itself another's rights", "grant $user_ingress to $user_agent, $user_executor"],
	["see row security's hidden rows", "set role pg_read_all_data"],
	["read files of the server", "select pg_read_file('/etc/passwd')"],
	["run programs of the server", "copy (select 1) to program 'true'"],
	["change the migrations", "delete from smartcloudops.migrations"],
	["change who the users are", "update smartcloudops.database_roles set user_name = current_user"],
	[
		"have the owner run a command",
		"insert into smartcloudops_jobs.bam (name, version, command, table_name) values ('x', 1, 'select 1', 'job')",
	],
	["change a queue's policy", "update smartcloudops_jobs.queue set policy = 'standard'"],
	["make a queue", `select smartcloudops_jobs.create_queue('x', '{"policy":"short"}')`],
	["delete a queue", "select smartcloudops_jobs.delete_queue('execute-approval')"],
];

const AGENT: Statements = [
	["decide", decide],
	["approve a request", move(1, "approved")],
	["approve a request in part", move(1, "partly_approved")],
	["deny a request", move(1, "denied")],
	["begin an approved request", move(2, "executing")],
	["end a request that runs", move(3, "succeeded")],
	["end a request that is being checked", move(4, "succeeded")],
	["say what became of an unknown one", move(5, "succeeded")],
	["make a request that is approved already", propose("approved")],
	[
		"make a request that AWS has allowed already",
		propose("proposed", ", preflight", `, '{"state":"passed"}'`),
	],
	["say that AWS allows it", `update smartcloudops.approvals set preflight = '{"state":"passed"}'`],
	["record an execution", intend],
	["change an execution", "update smartcloudops.executions set status = 'called'"],
	["queue an execution", job("execute-approval")],
	["queue a verification", job("verify-execution")],
	[
		"queue an execution by way of a dead letter",
		"insert into smartcloudops_jobs.job_common (name, policy, dead_letter) values ('publish-approval', 'short', 'execute-approval')",
	],
	[
		"turn a job of its own into an execution",
		"update smartcloudops_jobs.job set name = 'execute-approval' where name = 'publish-approval'",
	],
	[
		"put off executions",
		"update smartcloudops_jobs.job set start_after = 'infinity' where name = 'execute-approval'",
		"no row",
	],
	[
		"put off executions in the part",
		"update smartcloudops_jobs.job_common set start_after = 'infinity' where name = 'execute-approval'",
		"no row",
	],
	["drop executions", "delete from smartcloudops_jobs.job where name = 'execute-approval'", "no row"],
	[
		"read what is to be executed",
		"select data from smartcloudops_jobs.job where name in ('execute-approval', 'verify-execution')",
		"no row",
	],
	["grant a role", "update smartcloudops.people set role = 'admin'"],
	["make a person", "insert into smartcloudops.people (name, role) values ('Eve', 'admin')"],
	[
		"link an account",
		"insert into smartcloudops.identities (platform, tenant, user_id, person_number) values ('slack', 'T', 'U0EVE', 1)",
	],
	["move an account", "update smartcloudops.identities set person_number = 1"],
	["read credentials", "select secret_hash from smartcloudops.credentials"],
	["read when credentials in force end", "select expires_at from smartcloudops.credentials", "no row"],
	["end a session", "delete from smartcloudops.credentials", "no row"],
	[
		"make a session",
		"insert into smartcloudops.credentials (id, kind, person_number, secret_hash) values ('x', 'session', 1, 'x')",
	],
	["read sign-in codes", "select code_hash from smartcloudops.sign_in_codes"],
	["make a sign-in code", "insert into smartcloudops.sign_in_codes values ('x', 1, now())"],
	["read link codes", "select code_hash from smartcloudops.link_codes"],
	["read what was delivered", "select payload from smartcloudops.inbox"],
	[
		"make a delivery from outside",
		"insert into smartcloudops.inbox (platform, key, payload, attempts, held_until) values ('slack', 'x', '{}', 0, now())",
	],
	[
		"change a route",
		"insert into smartcloudops.settings (kind, name, value, actor_name, changed_at) values ('route', 'y', '{}', 'x', now())",
	],
	["lift a freeze", "update smartcloudops.freezes set lifted_at = now()"],
	["freeze", "insert into smartcloudops.freezes (scope, actor_name, created_at) values ('{}', 'x', now())"],
	["record a decision in the audit", audit("approval.decided")],
	["record a reason in somebody's name", audit("approval.decision_explained")],
	["record an intent in the audit", audit("execution.intended")],
	["record in the audit what became of an unknown outcome", audit("approval.resolved")],
	["record a role in the audit", audit("role.granted")],
	[
		"take the lease of an execution",
		"insert into smartcloudops.leases values ('execution:A-2', 'x', 1, 'infinity')",
	],
	[
		"see the lease of an execution",
		"select from smartcloudops.leases where name like 'execution:%'",
		"no row",
	],
	["become the executor", "set role $user_executor"],
	["become ingress", "set role $user_ingress"],
];

const INGRESS: Statements = [
	["begin an approved request", move(2, "executing")],
	["end a request that runs", move(3, "succeeded")],
	["end a request that is being checked", move(4, "rolled_back")],
	["make a request that is approved already", propose("approved")],
	["say that AWS allows it", `update smartcloudops.approvals set preflight = '{"state":"passed"}'`],
	["change how a request ended", "update smartcloudops.approvals set outcome = 'x' where number = 6"],
	["record an execution", intend],
	["change an execution", "update smartcloudops.executions set result = 'x'"],
	["queue a verification", job("verify-execution")],
	[
		"take an execution from the queue",
		"update smartcloudops_jobs.job set state = 'active' where name = 'execute-approval'",
	],
	["drop an execution from the queue", "delete from smartcloudops_jobs.job where name = 'execute-approval'"],
	["record an intent in the audit", audit("execution.intended")],
	[
		"take the lease of an execution",
		"insert into smartcloudops.leases values ('execution:A-2', 'x', 1, 'infinity')",
	],
	["delete a freeze", "delete from smartcloudops.freezes"],
	["become the executor", "set role $user_executor"],
];

const EXECUTOR: Statements = [
	["decide", decide],
	["approve a request", move(1, "approved")],
	["deny a request", move(1, "denied")],
	["make a request", propose("proposed")],
	["say what became of an unknown one", move(5, "succeeded")],
	["grant a role", "update smartcloudops.people set role = 'admin'"],
	["read people's names beyond whom they stand for", "select * from smartcloudops.people"],
	[
		"link an account",
		"insert into smartcloudops.identities (platform, tenant, user_id, person_number) values ('slack', 'T', 'U0EVE', 1)",
	],
	["read credentials", "select expires_at from smartcloudops.credentials"],
	["read sign-in codes", "select expires_at from smartcloudops.sign_in_codes"],
	["read what was delivered", "select key from smartcloudops.inbox"],
	["read what people wrote", "select message from smartcloudops.messages"],
	["read incidents", "select title from smartcloudops.incidents"],
	["read alerts", "select labels from smartcloudops.alerts"],
	[
		"post",
		"insert into smartcloudops.deliveries (subject, platform, conversation, channel, due_at) values ('x', 'slack', 'C', 'C', now())",
	],
	["lift a freeze", "update smartcloudops.freezes set lifted_at = now()"],
	["change a route", "delete from smartcloudops.settings"],
	["record a decision in the audit", audit("approval.decided")],
	["record a role in the audit", audit("role.granted")],
	["take the lease of a watch", "insert into smartcloudops.leases values ('watch:x', 'x', 1, 'infinity')"],
	["become ingress", "set role $user_ingress"],
];

const of = (role: DatabaseRole, statements: Statements): readonly Forbidden[] =>
	statements.map(([what, text, ends]) => ({ role, what, text, ends: ends ?? "refused" }));

/** Every statement that some role must not be able to run. */
export const FORBIDDEN: readonly Forbidden[] = [
	...of("agent", [...EVERYBODY, ...AGENT]),
	...of("ingress", [...EVERYBODY, ...INGRESS]),
	...of("executor", [...EVERYBODY, ...EXECUTOR]),
];
