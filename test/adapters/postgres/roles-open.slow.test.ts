import { openPostgresStore } from "../../../src/adapters/postgres/open-postgres-store.ts";
import { DATABASE_ROLES, type DatabaseRole } from "../../../src/adapters/postgres/roles/database-role.ts";
import { meetDatabase } from "../../../src/adapters/postgres/roles/meet-database.ts";
import type { Logger } from "../../../src/ports/logger.ts";
import { silentLogger, type TestConnection } from "../../support/postgres.ts";
import { until } from "../../support/until.ts";
import { meet, type PreparedTestDatabase, prepareTestDatabase } from "./roles-support.ts";
import { makeApproval, makeExecution } from "./samples.ts";

const closers: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(closers.map((close) => close())));

/** A logger that keeps what went wrong. */
function complaints(): { readonly logger: Logger; readonly told: unknown[] } {
	const told: unknown[] = [];
	const logger: Logger = {
		...silentLogger,
		warn: (...said) => void told.push(said),
		error: (...said) => void told.push(said),
		child: () => logger,
	};
	return { logger, told };
}

async function openAs(connection: TestConnection, roles: readonly DatabaseRole[]) {
	const { logger, told } = complaints();
	const { user, opener } = await meetDatabase({ connection, logger, roles });
	const opened = await openPostgresStore({ connection, logger, opener, poolSize: 4 });
	closers.push(() => opened.close());
	return { ...opened, user, told };
}

describe("a process with the user of its role", () => {
	let db: PreparedTestDatabase;
	beforeAll(async () => {
		db = await prepareTestDatabase();
	});

	it("opens the store, works its queues and hears of jobs that another process queued", async () => {
		const ingress = await openAs(db.connectionAs("ingress"), ["ingress"]);
		const agent = await openAs(db.connectionAs("agent"), ["agent"]);
		const executor = await openAs(db.connectionAs("executor"), ["executor"]);
		const heard: string[] = [];
		await executor.jobs.work(
			"execute-approval",
			async ({ approvalId }) => void heard.push(`execute ${approvalId}`),
		);
		await executor.jobs.work(
			"check-approval",
			async ({ approvalId }) => void heard.push(`check ${approvalId}`),
		);
		await agent.jobs.work(
			"publish-approval",
			async ({ approvalId }) => void heard.push(`publish ${approvalId}`),
		);

		const { id } = await agent.store.approvals.create(makeApproval());
		await agent.store.enqueue("check-approval", { approvalId: id });
		await until(() => heard.includes(`check ${id}`), 1500);
		const ann = await ingress.store.people.upsert(
			{ platform: "slack", tenant: "T", userId: "U" },
			"Ann",
			"admin",
		);
		await ingress.store.transaction(async (stores) => {
			await stores.approvals.getForUpdate(id);
			await stores.approvals.addDecision(id, { person: ann, verdict: "approve", atMs: Date.now() });
			await stores.approvals.move(id, "proposed", "approved");
			await stores.enqueue("execute-approval", { approvalId: id });
		});
		await until(() => heard.includes(`execute ${id}`), 1500);
		await executor.store.transaction(async (stores) => {
			expect((await stores.approvals.getForUpdate(id))?.decisions).toHaveLength(1);
			expect(await stores.approvals.move(id, "approved", "executing")).toBe(true);
			await stores.executions.create(makeExecution({ approvalId: id }));
			await stores.enqueue("publish-approval", { approvalId: id });
			await stores.enqueue("publish-approval", { approvalId: id }, { singleton: id });
			await stores.enqueue("publish-approval", { approvalId: id }, { singleton: id });
		});
		await until(() => heard.includes(`publish ${id}`), 1500);
		expect((await agent.store.executions.ofApproval(id))?.status).toBe("intended");
		expect(await executor.store.people.byId(ann.id)).toMatchObject({ role: "admin" });
		// The upkeep of the queue runs at the start and in the background.
		expect([...ingress.told, ...agent.told, ...executor.told]).toEqual([]);
	});

	it("looks after the queues of its role and no others: jobs whose worker died, and old ones", async () => {
		const owner = await openAs(db.connection, DATABASE_ROLES);
		await owner.store.enqueue("verify-execution", { approvalId: "A-7" });
		await owner.store.enqueue("verify-execution", { approvalId: "A-8" });
		const jobs = "smartcloudops_jobs.job where name = 'verify-execution'";
		const stateOf = async (id: string) =>
			(await db.query(`select state from ${jobs} and data->>'approvalId' = '${id}'`))[0]?.state;
		await db.query(
			`update smartcloudops_jobs.job set state = 'active', started_on = now() - interval '1 hour',
			heartbeat_on = now() - interval '1 hour' where data->>'approvalId' = 'A-7'`,
		);
		await db.query(
			`update smartcloudops_jobs.job set state = 'completed', completed_on = now() - interval '1 year'
			where data->>'approvalId' = 'A-8'`,
		);
		const forget = () =>
			db.query(
				"update smartcloudops_jobs.queue set monitor_claim_on = null, monitor_on = null, maintain_on = null",
			);
		await forget();
		const agent = await openAs(db.connectionAs("agent"), ["agent"]);
		expect([await stateOf("A-7"), await stateOf("A-8")]).toEqual(["active", "completed"]);
		await forget();
		const executor = await openAs(db.connectionAs("executor"), ["executor"]);
		expect([await stateOf("A-7"), await stateOf("A-8")]).toEqual(["retry", undefined]);
		expect([...agent.told, ...executor.told]).toEqual([]);
	});

	it("prunes as the agent what is over, and nothing else", async () => {
		const agent = await openAs(db.connectionAs("agent"), ["agent"]);
		const ingress = await openAs(db.connectionAs("ingress"), ["ingress"]);
		const person = await ingress.store.people.upsert(
			{ platform: "x", tenant: "T", userId: "B" },
			"Bob",
			"viewer",
		);
		const code = (codeHash: string, inMs: number) =>
			ingress.store.people.addSignInCode({ codeHash, personId: person.id, expiresAtMs: Date.now() + inMs });
		await code("over", -60_000);
		await code("valid", 600_000);
		await ingress.store.inbox.accept([{ platform: "slack", key: "waits", payload: {} }], "x", 60);
		const [done] = await ingress.store.inbox.accept(
			[{ platform: "slack", key: "done", payload: {} }],
			"x",
			60,
		);
		await ingress.store.inbox.finish(done ?? "");
		for (const watch of ["removed", "lives"])
			await agent.store.watches.saveChunk(watch, 0, new Uint8Array(1), 1);
		await db.query(
			"update smartcloudops.watch_owners set claimed_at = claimed_at - interval '31 days' where watch = 'removed'",
		);
		await agent.store.watches.saveSnapshot("board:removed", new Uint8Array(1), Date.now() - 86_400_000);
		const pruned = await agent.prune({ beforeMs: Date.now() + 60_000 });
		expect(pruned).toMatchObject({ expiredSignIns: 1, inboxEntries: 1, watchStates: 1, sharedReadings: 1 });
		expect(await db.query("select watch from smartcloudops.watch_chunks")).toEqual([{ watch: "lives" }]);
		expect(await db.query("select code_hash from smartcloudops.sign_in_codes")).toEqual([
			{ code_hash: "valid" },
		]);
		expect(await db.query("select key from smartcloudops.inbox")).toEqual([{ key: "waits" }]);
	});

	it("is told at the start, in a sentence, where its user may not do its work", async () => {
		const names = Object.fromEntries(DATABASE_ROLES.map((role) => [role, `${db.prefix}_${role}`]));
		expect(await meet(db.connectionAs("agent"), ["executor"])).toBe(
			`forbidden: The database user ${names.agent} holds the role agent alone, and this process is to run the role executor; start it with --role agent, or use the user ${names.executor}.`,
		);
		expect(await meet(db.connectionAs("agent"), DATABASE_ROLES)).toBe(
			`forbidden: The database user ${names.agent} holds the role agent alone, and this process is to run the roles ingress, agent, executor; start it with --role agent, or use the owner of the database or a user that is a member of ${names.ingress}, ${names.agent}, ${names.executor}.`,
		);
	});

	it("may have all roles as a member of all three", async () => {
		const user = `${db.prefix}_all`;
		await db.query(
			`create role ${user} login in role ${DATABASE_ROLES.map((role) => `${db.prefix}_${role}`).join(", ")}`,
		);
		const opened = await openAs({ ...db.connection, user }, DATABASE_ROLES);
		expect(opened.user.isOwner).toBe(false);
		const { id } = await opened.store.approvals.create(makeApproval());
		expect(await opened.store.approvals.move(id, "proposed", "approved")).toBe(true);
		expect(await opened.store.approvals.move(id, "approved", "executing")).toBe(true);
		expect(opened.told).toEqual([]);
	});

	it("is told to have the database prepared where it is of another version", async () => {
		await db.query("update smartcloudops.database_roles set grants = 'of another version'");
		expect(await meet(db.connectionAs("agent"), ["agent"])).toMatch(
			/^unsupported: The database is not of this version; run "npm run database -- prepare" with the DATABASE_URL of its owner/,
		);
		await db.prepare();
		expect(await meet(db.connectionAs("agent"), ["agent"])).toBe("no error");
		await db.query(
			"delete from smartcloudops.migrations where name = (select max(name) from smartcloudops.migrations)",
		);
		expect(await meet(db.connectionAs("agent"), ["agent"])).toMatch(
			/^unsupported: The database is not of this version/,
		);
	});
});
