import { createHash } from "node:crypto";
import { AUDIT_GENESIS, type AuditRecord } from "../../../src/domain/audit-event.ts";
import { canonicalJson } from "../../../src/domain/canonical-json.ts";
import { openReplica, openTestStore, type TestStore } from "../../support/postgres.ts";
import { codeOf, makeEvent } from "./samples.ts";

const toClose: TestStore[] = [];

afterEach(async () => {
	await Promise.all(toClose.splice(0).map((each) => each.close()));
});

async function openFresh(): Promise<TestStore> {
	const fresh = await openTestStore();
	toClose.push(fresh);
	return fresh;
}

async function openWith(records: number): Promise<TestStore> {
	const opened = await openFresh();
	for (let count = 1; count <= records; count += 1)
		await opened.store.audit.append(makeEvent(`approval:A-${count}`, { count }));
	return opened;
}

/** Changes the tables as a superuser does who switched the triggers off. */
async function tamper({ query }: TestStore, ...statements: string[]): Promise<void> {
	for (const table of ["audit_records", "audit_head"])
		await query(`alter table smartcloudops.${table} disable trigger all`);
	for (const statement of statements) await query(statement);
}

test("records are numbered from 1, each sealed over the one before, and the chain verifies", async () => {
	const { store } = await openFresh();
	expect(await store.audit.verify()).toEqual({ ok: true, records: 0, head: AUDIT_GENESIS });
	const first = await store.audit.append(makeEvent("approval:A-1", { verdict: "approve" }));
	const second = await store.audit.append(makeEvent("approval:A-2"));
	expect(first).toMatchObject({ sequence: 1, previousHash: AUDIT_GENESIS, subject: "approval:A-1" });
	expect(second).toMatchObject({ sequence: 2, previousHash: first.hash });
	expect(Math.abs(first.atMs - (await store.now()))).toBeLessThan(60_000);
	expect(await store.audit.verify()).toEqual({ ok: true, records: 2, head: second.hash });
});

test("a hash is SHA-256 over the previous hash and the canonical JSON of the record as it is read back", async () => {
	const { store } = await openFresh();
	await store.audit.append(makeEvent("a:1", { z: 1, a: { c: [1.5, null], b: "ä" } }));
	const [record] = (await store.audit.list({}, { limit: 1 })).items as [AuditRecord];
	const { hash, ...unsealed } = record;
	const text = record.previousHash + canonicalJson(unsealed);
	expect(createHash("sha256").update(text, "utf8").digest("hex")).toBe(hash);
});

test("whatever data an event carries, what is read back hashes equal", async () => {
	const { store } = await openFresh();
	const odd: Readonly<Record<string, unknown>>[] = [
		{ large: 1e21, huge: 1.7976931348623157e308, small: 5e-324, minusZero: -0, third: 1 / 3, exponent: 1e-7 },
		{ nan: Number.NaN, infinite: Number.NEGATIVE_INFINITY, missing: undefined, nothing: null },
		{ nested: { b: 1, a: { d: [undefined, 1, [{ z: 1, y: 2 }]], c: undefined } } },
		{ date: new Date(0), map: new Map([["a", 1]]), big: 10n ** 30n, run: () => 1, symbol: Symbol("s") },
		{ "key\0": "nul \0", surrogate: "\ud800", "": "empty key", __proto__own: 1, é: "é", e\u0301: "e\u0301" },
		JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1, "10": "a", "9": "b"}'),
		{ text: "x".repeat(200_000) },
	];
	for (const data of odd) await store.audit.append(makeEvent("a:1", data));
	const verified = await store.audit.verify();
	expect(verified).toMatchObject({ ok: true, records: odd.length });
});

test("an appended record is what is read back", async () => {
	const { store } = await openFresh();
	const appended = await store.audit.append({
		...makeEvent("a\0:1", { n: 1e21, skipped: undefined, when: new Date(5) }),
		summary: "lone \ud800 surrogate",
	});
	expect((await store.audit.list({}, { limit: 1 })).items).toEqual([appended]);
});

test("the chain is never forked: three replicas with fifty transactions each", async () => {
	const opened = await openFresh();
	const replicas = [opened.store];
	for (let count = 0; count < 2; count += 1) replicas.push((await openReplica(opened.connection)).store);
	const work = replicas.flatMap((store, replica) =>
		Array.from({ length: 50 }, (_, count) =>
			store.transaction(async ({ audit, messages }) => {
				await messages.create({
					conversation: "ops",
					author: { kind: "bot", name: "bot" },
					message: { facts: [], buttons: [], loop: [], queries: [], footer: [], suggestions: [] },
				});
				await audit.append(makeEvent(`replica:${replica}`, { count }));
				if (count % 10 === 9) throw new Error("rolled back on purpose");
			}),
		),
	);
	const settled = await Promise.allSettled(work);
	expect(settled.filter(({ status }) => status === "rejected")).toHaveLength(15);
	expect(await opened.store.audit.verify()).toMatchObject({ ok: true, records: 135 });
});

test("a record of a transaction that fails leaves no gap", async () => {
	const { store } = await openWith(1);
	const failing = store.transaction(async ({ audit }) => {
		await audit.append(makeEvent("a:2"));
		throw new Error("no");
	});
	await expect(failing).rejects.toThrow("no");
	expect(await store.audit.append(makeEvent("a:3"))).toMatchObject({ sequence: 2 });
	expect(await store.audit.verify()).toMatchObject({ ok: true, records: 2 });
});

test("records are listed newest first, by subject, in pages", async () => {
	const { store } = await openWith(5);
	await store.audit.append(makeEvent("approval:A-2", { again: true }));
	const mine = await store.audit.list({ subject: "approval:A-2" }, { limit: 10 });
	expect(mine.items.map((record) => record.sequence)).toEqual([6, 2]);
	const first = await store.audit.list({}, { limit: 4 });
	const second = await store.audit.list({}, { limit: 4, ...(first.next ? { cursor: first.next } : {}) });
	expect([...first.items, ...second.items].map((record) => record.sequence)).toEqual([6, 5, 4, 3, 2, 1]);
	expect(second.next).toBeUndefined();
	expect(await codeOf(store.audit.list({}, { limit: 4, cursor: "bad" }))).toBe("invalid");
});

test("the tables themselves refuse every change but adding, in replication mode too", async () => {
	const { store, query } = await openWith(2);
	const refusal = /audit|violates/;
	for (const statement of [
		"update smartcloudops.audit_records set summary = 'x' where sequence = 1",
		"delete from smartcloudops.audit_records where sequence = 2",
		"truncate smartcloudops.audit_records",
		"delete from smartcloudops.audit_head",
		"truncate smartcloudops.audit_head",
		"update smartcloudops.audit_head set sequence = 1",
		"insert into smartcloudops.audit_head (singleton, sequence, hash) values (false, 9, 'x')",
	]) {
		await expect(query(statement)).rejects.toThrow(refusal);
		await expect(query(`set session_replication_role = replica; ${statement}`)).rejects.toThrow(refusal);
	}
	expect(await store.audit.verify()).toMatchObject({ ok: true, records: 2 });
});

const records = "smartcloudops.audit_records";
const head = "smartcloudops.audit_head";

let target: TestStore;

beforeAll(async () => {
	target = await openTestStore();
	for (let count = 1; count <= 6; count += 1) await target.store.audit.append(makeEvent("a:1", { count }));
	await target.query(`create table kept_records as table ${records}`);
	await target.query(`create table kept_head as table ${head}`);
});

afterEach(() =>
	tamper(
		target,
		`truncate ${records}, ${head}`,
		`insert into ${records} table kept_records`,
		`insert into ${head} table kept_head`,
	),
);

test.each([
	["a changed sentence", 3, "was changed", `update ${records} set summary = 'x' where sequence = 3`],
	["a changed time", 1, "was changed", `update ${records} set at = at + interval '1 ms' where sequence = 1`],
	["changed data", 5, "was changed", `update ${records} set data = '{"count": 6}' where sequence = 5`],
	["a changed actor", 2, "was changed", `update ${records} set actor_id = 'person:P-9' where sequence = 2`],
	["a changed hash", 4, "was changed", `update ${records} set hash = repeat('0', 64) where sequence = 4`],
	["a deleted record", 3, "is missing", `delete from ${records} where sequence = 3`],
	["a deleted beginning", 1, "is missing", `delete from ${records} where sequence <= 2`],
	["a cut end", 5, "were cut", `delete from ${records} where sequence >= 5`],
	["everything deleted", 1, "were cut", `delete from ${records}`],
	["a lost head", 6, "head is gone", `delete from ${head}`],
	["a head set back", 5, "not covered", `update ${head} set sequence = 4`],
	[
		"a cut end with the head set back to fit badly",
		5,
		"not what the head sealed",
		`delete from ${records} where sequence = 6; update ${head} set sequence = 5`,
	],
	[
		"two records exchanged",
		2,
		"does not follow",
		`update ${records} set sequence = 100 where sequence = 2; update ${records} set sequence = 2 where sequence = 3;
		 update ${records} set sequence = 3 where sequence = 100`,
	],
	[
		"a record put in outside the log",
		7,
		"was changed",
		`insert into ${records} select 7, at, action, actor_id, actor_name, subject, summary, data, hash, 'f' || substr(hash, 2)
		 from ${records} where sequence = 6`,
	],
])("verify names the first broken record: %s", async (_what, brokenAt, reason, statements) => {
	expect(await target.store.audit.verify()).toMatchObject({ ok: true, records: 6 });
	await tamper(target, ...statements.split(";"));
	expect(await target.store.audit.verify()).toMatchObject({
		ok: false,
		brokenAt,
		reason: expect.stringContaining(reason),
	});
});

test.each([
	["breaks the one after it", 2, 3],
	["breaks the head where it is the last", 6, 6],
])("a record resealed after a change %s", async (_what, sequence, brokenAt) => {
	const { items } = await target.store.audit.list({}, { limit: 10 });
	const { hash: _, ...record } = items.find((item) => item.sequence === sequence) as AuditRecord;
	const text = record.previousHash + canonicalJson({ ...record, summary: "forged" });
	const hash = createHash("sha256").update(text).digest("hex");
	await tamper(
		target,
		`update ${records} set summary = 'forged', hash = '${hash}' where sequence = ${sequence}`,
	);
	expect(await target.store.audit.verify()).toMatchObject({ ok: false, brokenAt });
});

test("verify holds while others append, over more records than it reads at once", async () => {
	const { store } = await openFresh();
	await store.transaction(async ({ audit }) => {
		for (let count = 0; count < 2_500; count += 1) await audit.append(makeEvent("bulk", { count }));
	});
	const appending = Array.from({ length: 40 }, (_, count) =>
		store.audit.append(makeEvent("late", { count })),
	);
	const verified = await Promise.all([store.audit.verify(), store.audit.verify()]);
	for (const result of verified) {
		expect(result.ok).toBe(true);
		expect(result.records).toBeGreaterThanOrEqual(2_500);
	}
	await Promise.all(appending);
	expect(await store.audit.verify()).toMatchObject({ ok: true, records: 2_540 });
});
