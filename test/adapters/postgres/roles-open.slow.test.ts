import { randomBytes } from "node:crypto";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { Client } from "pg";
import { openPostgresStore } from "../../../src/adapters/postgres/open-postgres-store.ts";
import { DATABASE_ROLES, type DatabaseRole } from "../../../src/adapters/postgres/roles/database-role.ts";
import { meetDatabase } from "../../../src/adapters/postgres/roles/meet-database.ts";
import { AppError } from "../../../src/domain/errors.ts";
import type { Logger } from "../../../src/ports/logger.ts";
import { createTestDatabase, silentLogger, type TestConnection } from "../../support/postgres.ts";
import { until } from "../../support/until.ts";
import { type PreparedTestDatabase, prepareTestDatabase, tryAs } from "./roles-support.ts";
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

const sentenceOf = (work: Promise<unknown>) =>
	work.then(
		() => "no error",
		(error: unknown) => (error instanceof AppError ? `${error.code}: ${error.message}` : String(error)),
	);
const meet = (connection: TestConnection, roles: readonly DatabaseRole[]) =>
	sentenceOf(meetDatabase({ connection, logger: silentLogger, roles }));

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
		const pruned = await agent.prune({ beforeMs: Date.now() + 60_000 });
		expect(pruned).toMatchObject({ expiredSignIns: 1, inboxEntries: 1 });
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

describe("preparing a database", () => {
	it("is needed before a user of a role can start", async () => {
		const { connection, query } = await createTestDatabase();
		const user = `t${randomBytes(5).toString("hex")}_agent`;
		await query(`create role ${user} login`);
		expect(await meet({ ...connection, user }, ["agent"])).toBe(
			`unsupported: The database is not prepared for the user ${user}; run "npm run database -- prepare" with the DATABASE_URL of its owner and this version, then start again.`,
		);
	});

	it("is the owner's to do", async () => {
		const db = await prepareTestDatabase();
		const asAgent = db.prepare({ connection: db.connectionAs("agent") });
		expect(await sentenceOf(asAgent)).toMatch(
			/^forbidden: .* does not own the tables; run this with the DATABASE_URL of their owner/,
		);
	});

	it("makes up a password once, keeps it at the next run, and changes nothing by being repeated", async () => {
		const db = await prepareTestDatabase();
		expect(db.prepared.map(({ made, password }) => ({ made, long: (password ?? "").length >= 32 }))).toEqual(
			DATABASE_ROLES.map(() => ({ made: true, long: true })),
		);
		const state = () =>
			db.query(
				`select relname, relacl::text, (select array_agg(polname order by polname) from pg_policy where polrelid = class.oid)
				from pg_class as class where relnamespace::regnamespace::text like 'smartcloudops%' order by 1`,
			);
		const before = await state();
		expect(await db.prepare()).toEqual(
			DATABASE_ROLES.map((role) => ({ role, name: `${db.prefix}_${role}`, made: false })),
		);
		expect(await state()).toEqual(before);
	});

	it("takes every right from the users of an earlier prefix", async () => {
		const db = await prepareTestDatabase();
		const read = "select from smartcloudops.incidents";
		expect(await tryAs(db.connectionAs("agent"), read)).toEqual({ rows: 0 });
		await db.prepare({ prefix: `${db.prefix}new` });
		expect(await tryAs(db.connectionAs("agent"), read)).toMatchObject({ refused: "42501" });
		expect(await tryAs({ ...db.connection, user: `${db.prefix}new_agent` }, read)).toEqual({ rows: 0 });
	});

	it.each([
		["superuser", "it is a superuser"],
		["createrole", "it may make users"],
		["bypassrls", "it ignores the security of rows"],
	])("refuses a user that is a %s", async (attribute, problem) => {
		const db = await prepareTestDatabase();
		await db.query(`alter role ${db.prefix}_agent ${attribute}`);
		expect(await sentenceOf(db.prepare())).toContain(
			`${db.prefix}_agent can do more than its role: ${problem}.`,
		);
	});

	it("refuses a user that is a member of another role", async () => {
		const db = await prepareTestDatabase();
		await db.query(`grant ${db.prefix}_ingress to ${db.prefix}_agent`);
		expect(await sentenceOf(db.prepare())).toContain(`it is a member of ${db.prefix}_ingress.`);
	});

	it("sets given passwords, which the server asks for, without sending them", async () => {
		const db = await prepareTestDatabase();
		const user = `${db.prefix}_agent`;
		await db.prepare({ passwords: { agent: "correct-horse-battery" } });
		const [file] = await db.query("show hba_file");
		const path = String(file?.hba_file);
		const rules = await readFile(path, "utf8");
		await writeFile(path, `local all ${user} scram-sha-256\n`);
		await appendFile(path, rules);
		await db.query("select pg_reload_conf()");
		const signIn = async (password: string) => {
			const client = new Client({ ...db.connectionAs("agent"), password });
			try {
				await client.connect();
				return "in";
			} catch (error) {
				return error instanceof Error && "code" in error ? String(error.code) : String(error);
			} finally {
				await client.end();
			}
		};
		await until(async () => (await signIn("wrong-horse-battery")) === "28P01");
		expect(await signIn("correct-horse-battery")).toBe("in");
	});
});
