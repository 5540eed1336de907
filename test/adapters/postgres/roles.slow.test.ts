import { queueNames } from "../../../src/adapters/postgres/queue-settings.ts";
import { DATABASE_ROLES } from "../../../src/adapters/postgres/roles/database-role.ts";
import { JOB_GRANTS, ROLE_QUEUES } from "../../../src/adapters/postgres/roles/job-grants.ts";
import { STORE_GRANTS } from "../../../src/adapters/postgres/roles/store-grants.ts";
import { COMMANDS, type SchemaGrants } from "../../../src/adapters/postgres/roles/table-grant.ts";
import { openReplica } from "../../support/postgres.ts";
import { FORBIDDEN, type Forbidden } from "./forbidden-statements.ts";
import { type PreparedTestDatabase, prepareTestDatabase, tryAs } from "./roles-support.ts";
import { makeApproval, makeEvent, makeExecution, makeIncident } from "./samples.ts";

const STATUSES = ["proposed", "approved", "executing", "verifying", "unknown", "succeeded"] as const;
let db: PreparedTestDatabase;

beforeAll(async () => {
	db = await prepareTestDatabase();
	const { store } = await openReplica(db.connection);
	await store.incidents.create(makeIncident());
	for (const status of STATUSES) {
		const { id } = await store.approvals.create(makeApproval());
		await db.query(`update smartcloudops.approvals set status = '${status}' where number = ${id.slice(2)}`);
	}
	const ann = await store.people.upsert({ platform: "slack", tenant: "T1", userId: "U1" }, "Ann", "operator");
	await store.approvals.addDecision("A-1", { person: ann, verdict: "deny", atMs: Date.now() });
	await store.executions.create(makeExecution({ approvalId: "A-3" }));
	await store.people.addCredential({ id: "k", kind: "api-key", personId: ann.id, secretHash: "h" });
	await store.people.addSignInCode({ codeHash: "c", personId: ann.id, expiresAtMs: Date.now() + 60_000 });
	await store.inbox.accept([{ platform: "slack", key: "k", payload: {} }], "x", 60);
	await store.leases.acquire("execution:A-3", "x", 3600);
	await store.leases.acquire("watch:memory", "x", 3600);
	await store.enqueue("execute-approval", { approvalId: "A-2" });
	await store.enqueue("verify-execution", { approvalId: "A-4" });
	await store.enqueue("publish-approval", { approvalId: "A-1" });
	await store.settings.put({ kind: "route", name: "x", value: null, actorName: "Ann" });
	await store.freezes.create({ scope: {}, actorName: "Ann", createdAtMs: Date.now() });
	await store.transaction((stores) => stores.audit.append(makeEvent("approval:A-1")));
});

describe("what the database's users must not do", () => {
	const statementOf = ({ text }: Forbidden) =>
		text.replaceAll("$user", db.prefix).replaceAll("$owner", db.connection.user);

	it.each(FORBIDDEN)("$role does not $what", async (forbidden) => {
		const tried = await tryAs(db.connectionAs(forbidden.role), statementOf(forbidden));
		// 42501: insufficient_privilege, which grants, row security and the trigger all say.
		expect(tried).toMatchObject(forbidden.ends === "refused" ? { refused: "42501" } : { rows: 0 });
	});

	it.each([...new Map(FORBIDDEN.map((item) => [item.text, item])).values()])(
		"the owner may $what, as far as rights go",
		async (forbidden) => {
			const tried = await tryAs(db.connection, statementOf(forbidden));
			const rights =
				"refused" in tried ? tried.refused !== "42501" : forbidden.ends === "refused" || tried.rows > 0;
			expect({ tried, rights }).toEqual({ tried, rights: true });
		},
	);
});

/** What a user may do, by the catalog, to each table as a whole or to some column of it. */
async function rightsOf(user: string): Promise<readonly string[]> {
	const rows = await db.query(
		`select nspname || '.' || relname || ' ' || command as right
		from pg_class as class join pg_namespace as schema on schema.oid = relnamespace
		cross join unnest('{select,insert,update,delete,truncate,references,trigger}'::text[]) as command
		where nspname like 'smartcloudops%' and relkind in ('r', 'p', 'v') and relname !~ '^queue_stats_' and (
			has_table_privilege($1, class.oid, command) or
			(command in ('select', 'insert', 'update', 'references') and has_any_column_privilege($1, class.oid, command))
		)`,
		[user],
	);
	return rows.map(({ right }) => String(right)).toSorted();
}

describe("the matrix", () => {
	it("names every table there is, and no other", async () => {
		const rows = await db.query(
			`select schemaname || '.' || name as name from (
				select schemaname, tablename as name from pg_tables union all select schemaname, viewname from pg_views
			) as all_tables where schemaname like 'smartcloudops%' and name !~ '^queue_stats_[0-9]+$'`,
		);
		const named = [
			...Object.keys(STORE_GRANTS).map((name) => `smartcloudops.${name}`),
			...Object.keys(JOB_GRANTS).map((name) => `smartcloudops_jobs.${name}`),
		];
		expect(rows.map(({ name }) => String(name)).toSorted()).toEqual(named.toSorted());
	});

	it.each(DATABASE_ROLES)("is what the catalog says of %s", async (role) => {
		const granted = (schema: string, grants: SchemaGrants) =>
			Object.entries(grants).flatMap(([table, byRole]) =>
				COMMANDS.filter((command) => byRole[role]?.[command] !== undefined).map(
					(command) => `${schema}.${table} ${command}`,
				),
			);
		expect(await rightsOf(`${db.prefix}_${role}`)).toEqual(
			[...granted("smartcloudops", STORE_GRANTS), ...granted("smartcloudops_jobs", JOB_GRANTS)].toSorted(),
		);
	});

	it("has every queue worked off by one role", () => {
		const worked = DATABASE_ROLES.flatMap((role) => ROLE_QUEUES[role].works);
		expect(worked.toSorted()).toEqual([...queueNames].toSorted());
	});
});
