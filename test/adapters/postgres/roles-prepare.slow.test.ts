import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { Client } from "pg";
import { DATABASE_ROLES } from "../../../src/adapters/postgres/roles/database-role.ts";
import { createTestDatabase } from "../../support/postgres.ts";
import { until } from "../../support/until.ts";
import { meet, prepareTestDatabase, sentenceOf, tryAs } from "./roles-support.ts";

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

describe("npm run database -- prepare", () => {
	const command = (args: readonly string[], env: Readonly<Record<string, string>>) =>
		new Promise<{ readonly code: number; readonly said: string }>((done) => {
			const ended = (error: Error | null, stdout: string, stderr: string) =>
				done({ code: error && "code" in error ? Number(error.code) : 0, said: stdout + stderr });
			execFile(
				process.execPath,
				["src/database.ts", ...args],
				{ env: { PATH: process.env.PATH, ...env } },
				ended,
			);
		});

	it("prepares the database of DATABASE_URL, and shows made up passwords once", async () => {
		const { connection } = await createTestDatabase({ empty: true });
		const { user, database, host } = connection;
		const prefix = `t${randomBytes(5).toString("hex")}`;
		const env = {
			DATABASE_URL: `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}`,
			DATABASE_ROLE_PREFIX: prefix,
			DATABASE_INGRESS_PASSWORD: "chosen-by-the-operator",
		};
		const first = await command(["prepare"], env);
		expect(first.code).toBe(0);
		expect(first.said).toContain(`  ingress  ${prefix}_ingress (made)\n`);
		expect(first.said).toMatch(new RegExp(`  agent    ${prefix}_agent \\(made, password [\\w-]{32}\\)\n`));
		expect(first.said).not.toContain("chosen-by");
		const second = await command(["prepare"], env);
		expect(second.said).toContain(`  agent    ${prefix}_agent (there already)\n`);
		expect(second.said).not.toContain("password");
		expect(await meet({ ...connection, user: `${prefix}_executor` }, ["executor"])).toBe("no error");
	});

	it("names every wrong setting, without its value", async () => {
		const { code, said } = await command(["prepare"], {
			DATABASE_ROLE_PREFIX: "No Good",
			DATABASE_AGENT_PASSWORD: "short",
		});
		expect(code).toBe(1);
		expect(said.trim().split("\n")).toEqual([
			expect.stringContaining("DATABASE_URL: set it to postgres://"),
			expect.stringContaining("DATABASE_ROLE_PREFIX: use up to 40"),
			expect.stringContaining("DATABASE_AGENT_PASSWORD: use 16 to 200"),
		]);
		expect(said).not.toContain("short");
		expect((await command([], {})).said).toBe('Write "npm run database -- prepare".\n');
	});
});
