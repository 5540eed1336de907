import { createHash, createPublicKey, verify as verifySignature } from "node:crypto";
import { readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openPostgresStore, type PostgresStore } from "../../../src/adapters/postgres/open-postgres-store.ts";
import { AUDIT_GENESIS, type AuditRecord } from "../../../src/domain/audit-event.ts";
import { toJsonLine } from "../../../src/domain/audit-export.ts";
import { canonicalJson } from "../../../src/domain/canonical-json.ts";
import type { AuditVault } from "../../../src/ports/audit-vault.ts";
import { diceOf } from "../../chaos/dice.ts";
import { seizeAuditTables } from "../../chaos/tamper/audit-tables.ts";
import { TAMPERS } from "../../chaos/tamper/tampers.ts";
import { newVaultFolder, openSignedStore, type VaultFolder } from "../../support/audit-vault.ts";
import { createTestDatabase, silentLogger, type TestDatabase } from "../../support/postgres.ts";
import { until } from "../../support/until.ts";
import { makeEvent } from "./samples.ts";

/** Made up, and in parts, so that no scanner takes them for real ones. */
const SECRETS = [
	["AKIA", "IOSFODNN7EXAMPLE"],
	["xoxb-", "123456789012-1234567890123-AbCdEfGhIjKl"],
	["eyJhbGciOiJIUzI1NiJ9.", "eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N"],
	["-----BEGIN PRIVATE KEY-----\n", "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----"],
	["password=", "hunter2hunter2"],
].map((parts) => parts.join(""));

const closers: (() => unknown)[] = [];
let database: TestDatabase;
let folder: VaultFolder;
let vault: AuditVault;
let opened: PostgresStore;

beforeEach(async () => {
	database = await createTestDatabase();
	folder = newFolder();
	vault = await folder.open();
	opened = await open(vault);
});
afterEach(async () => {
	for (const close of closers.splice(0).toReversed()) await close();
});

function newFolder(): VaultFolder {
	const made = newVaultFolder();
	closers.push(() => made.remove());
	return made;
}

async function open(with_: AuditVault): Promise<PostgresStore> {
	const store = await openSignedStore(database.connection, with_);
	closers.push(() => store.close());
	return store;
}

const intent = { ...makeEvent("approval:A-1"), action: "execution.intended" };
const anchorPath = () => join(folder.dataDir, "audit-anchor.jsonl");
const append = async (records: number, { store }: PostgresStore = opened) => {
	for (let count = 0; count < records; count += 1)
		await store.audit.append(makeEvent("approval:A-1", { count }));
};
/** The full disk: nothing can be written behind the link any more. */
const fillDisk = () => {
	rmSync(anchorPath(), { force: true });
	symlinkSync("/dev/full", anchorPath());
};

test("every record and the head are signed, and verify says by whom and how far it is anchored", async () => {
	await append(3);
	await opened.store.audit.anchor();
	const { key } = vault.signer;
	const { items } = await opened.store.audit.list({}, { limit: 10 });
	for (const record of items) {
		expect(record.key).toBe(key);
		expect(record.signature).toMatch(/^[\w-]{86}$/);
	}
	const [head] = await database.query("select sequence, hash, key, signature from smartcloudops.audit_head");
	const { hash, signature } = items[0] ?? {};
	expect(head).toEqual({ sequence: "3", hash, key, signature });
	expect(await opened.store.audit.verify()).toEqual({
		ok: true,
		records: 3,
		head: hash,
		signedFrom: 1,
		keys: [key],
		anchored: { sequence: 3, atMs: expect.any(Number) },
	});
});

test("an export can be verified by anybody who knows the public key, by what docs/audit.md says", async () => {
	await append(4);
	let previous = { hash: AUDIT_GENESIS, key: "", signature: "" };
	for await (const batch of opened.store.audit.read({}))
		for (const line of batch.map(toJsonLine)) {
			const { hash, key, signature, ...record } = JSON.parse(line) as Required<AuditRecord>;
			const before = previous.key ? `${previous.hash}.${previous.key}.${previous.signature}` : previous.hash;
			expect(
				createHash("sha256")
					.update(`${before}${canonicalJson(record)}`)
					.digest("hex"),
			).toBe(hash);
			expect(record.previousHash).toBe(previous.hash);
			const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: key }, format: "jwk" });
			const text = `audit-record\n${record.sequence}\n${hash}`;
			const signed = Buffer.from(signature, "base64url");
			expect(verifySignature(null, Buffer.from(text), publicKey, signed)).toBe(true);
			previous = { hash, key, signature };
		}
	expect(previous.key).toBe(vault.signer.key);
});

test("the private key is nowhere in the database", async () => {
	await append(2);
	const pem = readFileSync(join(folder.dataDir, "audit-key"), "utf8").split("\n")[1] ?? "missing";
	const rows = await database.query(
		"select to_jsonb(r)::text as row from smartcloudops.audit_records r union all select to_jsonb(h)::text from smartcloudops.audit_head h",
	);
	expect(JSON.stringify(rows)).not.toContain(pem);
	expect(pem.length).toBeGreaterThan(40);
});

test("what is recorded is anchored within a second or two without being asked, and at the end", async () => {
	await append(1);
	await until(() => vault.anchors.last()?.sequence === 1);
	await append(1);
	await opened.close();
	expect(vault.anchors.last()).toMatchObject({ sequence: 2 });
});

describe("I4: what can't be anchored", () => {
	test("refuses the record of an intent with its whole transaction; other records and reading go on", async () => {
		await append(1);
		fillDisk();
		const running = opened.store.transaction(async (stores) => {
			await stores.settings.put({ kind: "route", name: "r", value: {}, actorName: "a" });
			await stores.audit.append(intent);
		});
		await expect(running).rejects.toMatchObject({ code: "unavailable" });
		expect(await opened.store.settings.list()).toEqual([]);
		await append(1);
		const { items } = await opened.store.audit.list({}, { limit: 10 });
		expect(items.map(({ action }) => action)).not.toContain("execution.intended");
		expect(items).toHaveLength(2);
		await expect(opened.store.audit.anchor()).rejects.toMatchObject({ code: "unavailable" });
	});

	test("is tried again: once there is room, intents are recorded", async () => {
		fillDisk();
		await expect(opened.store.audit.append(intent)).rejects.toMatchObject({ code: "unavailable" });
		rmSync(anchorPath());
		// The lines of before are gone with the file, and with them what they prove: a start is needed.
		await opened.close();
		const later = await open(await folder.open());
		await later.store.audit.append(intent);
		await later.store.audit.anchor();
		expect(await later.store.audit.verify()).toMatchObject({ ok: true, anchored: { sequence: 1 } });
	});

	test("a chain that was set back refuses intents and anchors, until somebody has looked", async () => {
		await append(3);
		await opened.store.audit.anchor();
		for (const table of ["audit_records", "audit_head"])
			await database.query(`alter table smartcloudops.${table} disable trigger all`);
		await database.query("delete from smartcloudops.audit_records where sequence > 1");
		await database.query(`update smartcloudops.audit_head h set sequence = 1, hash = r.hash, key = r.key,
			signature = r.signature from smartcloudops.audit_records r where r.sequence = 1`);
		await expect(opened.store.audit.append(intent)).rejects.toMatchObject({ code: "conflict" });
		await expect(opened.store.audit.anchor()).rejects.toMatchObject({ code: "conflict" });
		expect(await opened.store.audit.verify()).toMatchObject({
			ok: false,
			brokenAt: 2,
			reason: "records 2 to 3, which were anchored outside the database, were cut from the end",
		});
	});
});

test("a transaction that fails after its intent leaves nothing in the anchor that does not hold", async () => {
	await append(2);
	for (let count = 0; count < 5; count += 1) {
		const failing = opened.store.transaction(async ({ audit }) => {
			await audit.append(intent);
			throw new Error("no");
		});
		await expect(failing).rejects.toThrow("no");
	}
	await opened.store.audit.append(intent);
	await opened.store.audit.anchor();
	expect(await opened.store.audit.verify()).toMatchObject({
		ok: true,
		records: 3,
		anchored: { sequence: 3 },
	});
});

test("many intents at once, more than there are connections, with anchors between: all are done", async () => {
	const work = Array.from({ length: 40 }, async () => {
		await opened.store.transaction(({ audit }) => audit.append(intent));
		await opened.store.audit.anchor();
	});
	await Promise.all(work);
	expect(await opened.store.audit.verify()).toMatchObject({
		ok: true,
		records: 40,
		anchored: { sequence: 40 },
	});
});

test("verify holds while another replica with the same key appends and anchors", async () => {
	const mirrored = newFolder();
	writeFileSync(join(mirrored.dataDir, "audit-key"), readFileSync(join(folder.dataDir, "audit-key"), "utf8"));
	const replica = await open(await mirrored.open());
	const appending = (async () => {
		for (let count = 0; count < 60; count += 1) {
			await append(1, count % 2 === 0 ? replica : opened);
			await opened.store.audit.anchor();
		}
	})();
	for (let count = 0; count < 10; count += 1)
		expect(await opened.store.audit.verify()).toMatchObject({ ok: true });
	await appending;
	for (const { store } of [opened, replica])
		expect(await store.audit.verify()).toMatchObject({ ok: true, records: 60 });
});

test("records of a replica with a key of its own count once that key is trusted, and not before", async () => {
	await append(1);
	const other = await newFolder().open();
	await append(1, await open(other));
	await append(1);
	const refused = await opened.store.audit.verify();
	expect(refused).toMatchObject({ ok: false, brokenAt: 2 });
	expect(refused.reason).toContain(`npm run audit -- trust ${other.signer.key}`);
	writeFileSync(join(folder.dataDir, "audit-keys.json"), JSON.stringify([other.signer.key]));
	expect(await opened.store.audit.verify()).toMatchObject({
		ok: true,
		keys: [vault.signer.key, other.signer.key],
	});
});

test("records from before signing are taken over as they were found, and can't be changed afterwards", async () => {
	const fresh = await createTestDatabase();
	const old = await openPostgresStore({ connection: fresh.connection, logger: silentLogger, poolSize: 2 });
	closers.push(() => old.close());
	for (let count = 0; count < 4; count += 1) await old.store.audit.append(makeEvent("a:1", { count }));
	const begun = newFolder();
	const signed = await openSignedStore(fresh.connection, await begun.open());
	closers.push(() => signed.close());
	for (let count = 0; count < 2; count += 1) await signed.store.audit.append(makeEvent("a:1", { count }));
	expect(await signed.store.audit.verify()).toMatchObject({ ok: true, records: 6, signedFrom: 5 });
	await old.store.audit.append(makeEvent("a:1", { unsigned: true }));
	expect(await signed.store.audit.verify()).toMatchObject({
		ok: false,
		brokenAt: 7,
		reason: "record 7 is not signed, so it was added outside the log",
	});
});

test("of a long chain only the newest records may be walked: a cut end and a chain written anew still show", async () => {
	await append(30);
	await opened.store.audit.anchor();
	const { key } = vault.signer;
	expect(await opened.store.audit.verify({ newest: 10 })).toMatchObject({
		ok: true,
		records: 30,
		walkedFrom: 21,
		keys: [key],
		anchored: { sequence: 30 },
	});
	const tables = await seizeAuditTables(database.connection);
	closers.push(() => tables.close());
	const whole = await tables.read();
	for (const name of [
		"the end cut off, the head fitted",
		"a changed record, the chain sealed anew behind it",
	])
		for (let trial = 0; trial < 5; trial += 1) {
			const attacker = (await newFolder().open()).signer;
			const tampered = TAMPERS[name]?.(whole, diceOf("newest", name, trial), attacker);
			await tables.write(tampered ?? whole);
			expect(await opened.store.audit.verify({ newest: 10 })).toMatchObject({ ok: false });
		}
});

test("a damaged anchor is said, not thrown", async () => {
	await append(2);
	await opened.store.audit.anchor();
	writeFileSync(anchorPath(), readFileSync(anchorPath(), "utf8").replace('"sequence":2', '"sequence":1'));
	const result = await opened.store.audit.verify();
	expect(result).toMatchObject({ ok: false, records: 0 });
	expect(result.reason).toMatch(/^line 2 of .*audit-anchor\.jsonl is not as it was written$/);
});

test("time that goes backwards is noted and breaks nothing", async () => {
	const { sealRecord, toAuditRow } = await import("../../../src/adapters/postgres/audit-record.ts");
	await append(1);
	const [first] = (await opened.store.audit.list({}, { limit: 1 })).items;
	if (!first) throw new Error("nothing was appended");
	const place = { sequence: 2, atMs: first.atMs - 3_600_000, previous: first };
	const { data, at, ...row } = toAuditRow(sealRecord(makeEvent("a:1"), place, vault.signer));
	await database.query(
		"insert into smartcloudops.audit_records select * from jsonb_populate_record(null::smartcloudops.audit_records, $1)",
		[JSON.stringify({ ...row, at, data: JSON.parse(data) })],
	);
	await database.query(
		"update smartcloudops.audit_head set sequence = 2, hash = $1, key = $2, signature = $3",
		[row.hash, row.key, row.signature],
	);
	expect(await opened.store.audit.verify()).toMatchObject({
		ok: true,
		records: 2,
		notes: ["Record 2 is 3600000 ms older than the one before it."],
	});
});

test("case 50: no secret gets into the audit, in whichever member it lies", async () => {
	for (const secret of SECRETS) {
		await opened.store.audit.append({
			action: "approval.decided",
			actorId: "person:P-1",
			actorName: `Eve ${secret}`,
			subject: `approval:A-1 ${secret}`,
			summary: `the reason is ${secret}`,
			data: {
				reason: `because ${secret}`,
				nested: [{ output: secret }],
				password: "short",
				[secret]: 1,
			},
		});
	}
	const rows = JSON.stringify(
		await database.query("select to_jsonb(r) as row from smartcloudops.audit_records r"),
	);
	for (const secret of SECRETS) expect(rows).not.toContain(JSON.stringify(secret.slice(12, 30)).slice(1, -1));
	expect(rows).not.toContain("short");
	expect(rows).toContain("because [redacted]");
	expect(await opened.store.audit.verify()).toMatchObject({ ok: true, records: SECRETS.length });
});

test("the targets of a plan are kept to the last, however many", async () => {
	const targets = Array.from({ length: 1500 }, (_, count) => ({ name: `host-${count}`, id: `i-${count}` }));
	const { data } = await opened.store.audit.append(makeEvent("approval:A-1", { targets }));
	expect(data.targets).toEqual(targets);
});

test("case 48: SQL in any text is kept as text, and changes nothing", async () => {
	const attack = "'); drop table smartcloudops.audit_records; --";
	const appended = await opened.store.audit.append({
		action: attack,
		actorId: attack,
		actorName: attack,
		subject: attack,
		summary: attack,
		data: { [attack]: attack, more: ["' or '1'='1", "$1", "\\'; select pg_sleep(10); --"] },
	});
	await append(1);
	const { items } = await opened.store.audit.list({ subject: attack }, { limit: 10 });
	expect(items).toEqual([appended]);
	expect((await opened.store.audit.list({ subject: "' or '1'='1" }, { limit: 10 })).items).toEqual([]);
	expect(await opened.store.audit.verify()).toMatchObject({ ok: true, records: 2 });
});

test("records are read oldest first over many batches, and by a span of time", async () => {
	await opened.store.transaction(async ({ audit }) => {
		for (let count = 1; count <= 2_300; count += 1) await audit.append(makeEvent("bulk", { count }));
	});
	const all = [];
	for await (const batch of opened.store.audit.read({})) all.push(...batch);
	expect(all.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 2_300 }, (_, count) => count + 1));
	const [fromMs, toMs] = [all[700]?.atMs ?? 0, all[1900]?.atMs ?? 0];
	const some = [];
	for await (const batch of opened.store.audit.read({ fromMs, toMs })) some.push(...batch);
	expect(some).toEqual(all.filter(({ atMs }) => atMs >= fromMs && atMs < toMs));
});
