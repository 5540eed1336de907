import { readdir } from "node:fs/promises";
import { migrate, pendingMigrations } from "../../../src/adapters/postgres/migrate.ts";
import { migrations } from "../../../src/adapters/postgres/migrations/migrations.ts";
import { openPostgresStore } from "../../../src/adapters/postgres/open-postgres-store.ts";
import { createTestDatabase, openReplica, silentLogger } from "../../support/postgres.ts";
import { codeOf } from "./samples.ts";

const names = Object.keys(migrations);
const last = names.at(-1) ?? "";

test("a new database says what is pending and has no version to back up", async () => {
	const { connection } = await createTestDatabase({ empty: true });
	const options = { connection, logger: silentLogger };
	expect(await pendingMigrations(options)).toEqual({ to: last, pending: [...names, "jobs-43"] });
	expect(await pendingMigrations(options)).toMatchObject({ pending: [...names, "jobs-43"] });
	expect(await migrate(options)).toEqual(names);
	expect(await pendingMigrations(options)).toEqual({ from: last, to: last, pending: [] });
	expect(await migrate(options)).toEqual([]);
});

test("an older database says from which version it comes", async () => {
	const { connection, query } = await createTestDatabase();
	await query(`delete from smartcloudops.migrations where name = '${last}'`);
	expect(await pendingMigrations({ connection, logger: silentLogger })).toEqual({
		from: names.at(-2),
		to: last,
		pending: [last],
	});
});

test("five replicas that start at once on an empty database migrate it once", async () => {
	const { connection, query } = await createTestDatabase({ empty: true });
	const ran = await Promise.all(
		Array.from({ length: 5 }, () => migrate({ connection, logger: silentLogger })),
	);
	expect(ran.filter((each) => each.length > 0)).toEqual([names]);
	expect(await query("select name from smartcloudops.migrations order by name")).toEqual(
		names.map((name) => ({ name })),
	);
	const opened = await Promise.all(Array.from({ length: 3 }, () => openReplica(connection)));
	expect(await Promise.all(opened.map(({ store }) => store.problem()))).toEqual([
		undefined,
		undefined,
		undefined,
	]);
});

test("a database that was not migrated is not opened, and nothing is made in it", async () => {
	const { connection, query } = await createTestDatabase({ empty: true });
	expect(await codeOf(openPostgresStore({ connection, logger: silentLogger }))).toBe("unsupported");
	const made = "select nspname from pg_namespace where nspname like 'smartcloudops%'";
	expect(await query(made)).toEqual([]);
});

test("a migration that fails leaves the database as it was", async () => {
	const { connection, query } = await createTestDatabase({ empty: true });
	await query("create schema smartcloudops; create table smartcloudops.postings (x int)");
	expect(await codeOf(migrate({ connection, logger: silentLogger }))).toBe("internal");
	expect(await query("select to_regclass('smartcloudops.incidents') as made")).toEqual([{ made: null }]);
	await query("drop table smartcloudops.postings");
	expect(await migrate({ connection, logger: silentLogger })).toEqual(names);
});

test.each([
	["a migration", "insert into smartcloudops.migrations (name, timestamp) values ('9999-later', '2099')"],
	["job tables", "update smartcloudops_jobs.version set version = 99"],
])("a database with %s of a newer program is refused and left alone", async (_what, statement) => {
	const { connection, query } = await createTestDatabase();
	await query(statement);
	const options = { connection, logger: silentLogger };
	expect(await codeOf(migrate(options))).toBe("unsupported");
	await expect(pendingMigrations(options)).rejects.toThrow("newer version of SmartCloudOps");
});

test("a database that can't be reached is unavailable, and the password stays unsaid", async () => {
	const options = { connection: "postgres://ops:hunter2@127.0.0.1:1/db", logger: silentLogger };
	for (const attempt of [migrate, pendingMigrations, openPostgresStore]) {
		const error: unknown = await attempt(options).catch((caught: unknown) => caught);
		expect(error).toMatchObject({ code: "unavailable" });
		expect(JSON.stringify(error) + String(error)).not.toContain("hunter2");
	}
});

test("the list of migrations is the folder's", async () => {
	const files = await readdir(new URL("../../../src/adapters/postgres/migrations", import.meta.url));
	const numbered = files.filter((file) => /^\d{4}-/.test(file)).map((file) => file.replace(/\.ts$/, ""));
	expect(names).toEqual(numbered.toSorted());
});
