import { createServer } from "node:net";
import { apartFromTransaction } from "../../../src/adapters/postgres/one-connection.ts";
import { openPool } from "../../../src/adapters/postgres/open-pool.ts";
import { createProbe } from "../../../src/adapters/postgres/probe-store.ts";
import { AppError } from "../../../src/domain/errors.ts";
import type { Change } from "../../../src/ports/store.ts";
import { openReplica, openTestStore, silentLogger, type TestStore } from "../../support/postgres.ts";
import { until } from "../../support/until.ts";
import { codeOf, makeEvent, makeIncident } from "./samples.ts";

let opened: TestStore;

beforeAll(async () => {
	opened = await openTestStore();
});

const countJobs = async (name: string) =>
	(await opened.query("select 1 from smartcloudops_jobs.job where name = $1", [name])).length;

/** Closes connections of the test's database from the server's side. */
const cut = (application: string, where = "true") =>
	opened.query(
		`select pg_terminate_backend(pid) from pg_stat_activity
		 where datname = current_database() and pid <> pg_backend_pid() and application_name = $1 and ${where}`,
		[application],
	);

test("an error rolls everything back and is thrown as it was", async () => {
	const { store } = opened;
	const mine = new AppError("gone", "Its time is over.", { extra: { state: "expired" } });
	const heard: Change[] = [];
	const stop = store.subscribe((change) => heard.push(change));
	const failing = store.transaction(async (stores) => {
		await stores.incidents.create(makeIncident({ target: "rolled back" }));
		await stores.audit.append(makeEvent("incident:x"));
		await stores.enqueue("publish-incident", { incidentId: "INC-1" });
		await stores.enqueue("publish-incident", { incidentId: "INC-1" }, { singleton: "INC-1" });
		await stores.announce({ kind: "incident", id: "rolled back" });
		throw mine;
	});
	await expect(failing).rejects.toBe(mine);
	expect(await store.incidents.openOf("rolled back", "local", "anomaly")).toBeUndefined();
	expect(await countJobs("publish-incident")).toBe(0);
	expect(await store.audit.verify()).toMatchObject({ ok: true, records: 0 });
	await store.announce({ kind: "status", id: "after" });
	await until(() => heard.length > 0);
	expect(heard).toEqual([{ kind: "status", id: "after" }]);
	stop();
});

test("a plain error is not dressed up", async () => {
	const bug = new TypeError("undefined is not a function");
	await expect(opened.store.transaction(() => Promise.reject(bug))).rejects.toBe(bug);
});

test("what is committed is there at once, with its jobs and announcements, for every replica", async () => {
	const replica = await openReplica(opened.connection);
	const heard: Change[] = [];
	replica.store.subscribe((change) => heard.push(change));
	const before = await countJobs("explain-incident");
	const id = await opened.store.transaction(async (stores) => {
		const incident = await stores.incidents.create(makeIncident({ target: "committed" }));
		await stores.enqueue("explain-incident", { incidentId: incident.id });
		await stores.announce({ kind: "incident", id: incident.id });
		const elsewhere = apartFromTransaction(() => replica.store.incidents.get(incident.id));
		expect(await elsewhere).toBeUndefined();
		expect(heard).toEqual([]);
		return incident.id;
	});
	expect(await replica.store.incidents.get(id)).toMatchObject({ target: "committed" });
	expect(await countJobs("explain-incident")).toBe(before + 1);
	await until(() => heard.length > 0);
	expect(heard).toEqual([{ kind: "incident", id }]);
});

test("a deadlock is tried again until both have done their work", async () => {
	const { store } = opened;
	const [a, b] = await Promise.all(
		["dead", "lock"].map((target) => store.incidents.create(makeIncident({ target }))),
	);
	let runs = 0;
	let arrived = 0;
	const both = (first: string, second: string) =>
		store.transaction(async ({ incidents }) => {
			runs += 1;
			const one = await incidents.getForUpdate(first);
			arrived += 1;
			await until(() => arrived >= 2);
			const two = await incidents.getForUpdate(second);
			for (const each of [one, two]) if (each) await incidents.save({ ...each, title: `${each.title}+` });
		});
	await Promise.all([both(a?.id ?? "", b?.id ?? ""), both(b?.id ?? "", a?.id ?? "")]);
	expect(runs).toBe(3);
	expect(await store.incidents.get(a?.id ?? "")).toMatchObject({ version: 3 });
});

test("serialization failures are tried again a bounded number of times, then reported as unavailable", async () => {
	const fresh = await openTestStore();
	await fresh.query(`
		create function clash() returns trigger language plpgsql as
		$$ begin raise exception 'clash' using errcode = '40001'; end $$`);
	await fresh.query(
		"create trigger clash before insert on smartcloudops.leases for each row execute function clash()",
	);
	let runs = 0;
	const failing = fresh.store.transaction(async ({ leases }) => {
		runs += 1;
		await leases.acquire("a", "b", 1);
	});
	await expect(failing).rejects.toMatchObject({ code: "unavailable", retryAfterSeconds: 5 });
	expect(runs).toBe(6);
});

test("a broken unique rule is a conflict that names no data", async () => {
	const { store } = opened;
	const { id: personId } = await store.people.upsert(
		{ platform: "c", tenant: "t", userId: "u" },
		"Ann",
		"admin",
	);
	const code = { codeHash: "secret-hash", personId, expiresAtMs: 0 };
	await store.people.addSignInCode(code);
	const error: unknown = await store.people.addSignInCode(code).catch((caught: unknown) => caught);
	expect(error).toMatchObject({ code: "conflict", detail: expect.stringContaining("sign_in_codes_pkey") });
	expect(`${(error as AppError).message} ${(error as AppError).detail}`).not.toContain("secret-hash");
});

test("more transactions than connections wait for each other instead of failing", async () => {
	const { store } = opened;
	const work = Array.from({ length: 60 }, (_, count) =>
		store.transaction(async ({ postings }) =>
			postings.remember(`subject:${count}`, { platform: "console", id: "many" }, `M-${count}`),
		),
	);
	expect(await Promise.all(work)).toHaveLength(60);
});

test("a connection cut in the middle of a transaction fails that one only, as unavailable", async () => {
	const { store } = opened;
	const failing = store.transaction(async ({ incidents }) => {
		await incidents.create(makeIncident({ target: "cut" }));
		await cut("smartcloudops", "state = 'idle in transaction'");
		await incidents.create(makeIncident({ target: "cut again" }));
	});
	expect(await codeOf(failing)).toBe("unavailable");
	expect(await store.incidents.openOf("cut", "local", "anomaly")).toBeUndefined();
	expect(await store.problem()).toBeUndefined();
});

test("when every connection is cut, listeners are told after reconnecting and hear again", async () => {
	const fresh = await openTestStore();
	const heard: Change[] = [];
	fresh.store.subscribe(() => {
		throw new Error("a listener that fails");
	});
	const stop = fresh.store.subscribe((change) => heard.push(change));
	await fresh.query(
		"select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
	);
	await until(() => heard.length > 0);
	expect(heard).toEqual([{ kind: "status", id: "reconnected" }]);
	await fresh.store.announce({ kind: "watch", id: "memory" });
	await until(() => heard.length > 1);
	expect(heard[1]).toEqual({ kind: "watch", id: "memory" });
	stop();
	await fresh.query(`select pg_notify('smartcloudops_change', 'not json')`);
	await fresh.query(`select pg_notify('smartcloudops_change', '{"kind":"evil","id":"x"}')`);
	await fresh.store.announce({ kind: "watch", id: "cpu" });
	const after: Change[] = [];
	fresh.store.subscribe((change) => after.push(change));
	await fresh.store.announce({ kind: "watch", id: "disk" });
	await until(() => after.some((change) => change.id === "disk"));
	expect(heard).toHaveLength(2);
});

test("now is the database's clock, also late in a long transaction", async () => {
	await opened.store.transaction(async (stores) => {
		const first = await stores.now();
		await until(async () => (await stores.now()) > first);
		expect(Number.isInteger(first)).toBe(true);
	});
});

test("a database that does not answer is a problem in a sentence, asked for once at a time", async () => {
	let connections = 0;
	const silent = createServer((socket) => {
		connections += 1;
		socket.on("error", () => undefined);
	});
	await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
	const address = silent.address();
	const port = typeof address === "object" && address ? address.port : 0;
	const pool = openPool(
		{ host: "127.0.0.1", port, user: "u", connectionTimeoutMillis: 3_000 },
		2,
		silentLogger,
	);
	const probe = createProbe(pool);
	const answers = await Promise.all([probe(), probe(), probe()]);
	expect(new Set(answers)).toEqual(new Set([expect.stringContaining("did not answer within 2 s")]));
	expect(connections).toBe(1);
	await pool.end();
	silent.close();
});

test("a database that is not there is a problem in a sentence without the password", async () => {
	const pool = openPool("postgres://u:hunter2@127.0.0.1:1/db", 1, silentLogger);
	const problem = await createProbe(pool)();
	expect(problem).toBe(
		"The store can't be reached; check that the database is running and that its address is right.",
	);
	await pool.end();
});
