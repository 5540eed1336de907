/**
 * `npm run bench:audit [-- --records 1000000]`
 *
 * Fills a fresh embedded Postgres with signed records, verifies them as the product does, and prints one JSON line last.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Client } from "pg";
import { openAuditVault } from "../src/adapters/audit-vault/open-audit-vault.ts";
import { startEmbeddedPostgres } from "../src/adapters/embedded-postgres/start-embedded-postgres.ts";
import { sealRecord, toAuditRow } from "../src/adapters/postgres/audit-record.ts";
import { migrate } from "../src/adapters/postgres/migrate.ts";
import { openPostgresStore } from "../src/adapters/postgres/open-postgres-store.ts";
import { AUDIT_GENESIS, type AuditEvent, type AuditSeal } from "../src/domain/audit-event.ts";
import type { AuditSigner } from "../src/ports/audit-vault.ts";
import { silentLogger as logger } from "../test/support/postgres.ts";

const { values } = parseArgs({ options: { records: { type: "string", default: "1000000" } } });
const records = Number(values.records);
const BATCH = 2_000;

const dataDir = mkdtempSync(join(tmpdir(), "sco-bench-audit-"));
await chmod(dataDir, 0o755);
const server = await startEmbeddedPostgres({ dataDir, logger });
try {
	const { connection } = server;
	await migrate({ connection, logger });
	const vault = await openAuditVault({ dataDir, clock: { now: () => Date.now() } });
	const opened = await openPostgresStore({ connection, logger, vault });
	try {
		await fill(connection, vault.signer);
		await opened.store.audit.anchor();
		globalThis.gc?.();
		let rssMb = 0;
		const sampler = setInterval(() => {
			rssMb = Math.max(rssMb, process.memoryUsage.rss() / 1024 ** 2);
		}, 100);
		const startedMs = performance.now();
		const cpuBefore = process.cpuUsage();
		const result = await opened.store.audit.verify();
		const verifySeconds = (performance.now() - startedMs) / 1000;
		const { user, system } = process.cpuUsage(cpuBefore);
		clearInterval(sampler);
		if (!result.ok || result.records !== records) throw new Error(`not whole: ${JSON.stringify(result)}`);
		const line = {
			bench: "audit",
			records,
			verifySeconds: Math.round(verifySeconds * 100) / 100,
			cpuSeconds: Math.round((user + system) / 10_000) / 100,
			recordsPerSecond: Math.round(records / verifySeconds),
			rssMb: Math.round(rssMb),
		};
		process.stdout.write(`${JSON.stringify(line)}\n`);
	} finally {
		await opened.close();
	}
} finally {
	await server.stop();
	rmSync(dataDir, { recursive: true, force: true });
}

/** Writes the chain as appending would, without a transaction for each record. */
async function fill(connection: typeof server.connection, signer: AuditSigner): Promise<void> {
	const client = new Client(connection);
	await client.connect();
	let previous: AuditSeal = { hash: AUDIT_GENESIS };
	for (let from = 1; from <= records; from += BATCH) {
		const rows = [];
		for (let sequence = from; sequence < from + BATCH && sequence <= records; sequence += 1) {
			const sealed = sealRecord(
				eventOf(sequence),
				{ sequence, atMs: 1_790_000_000_000 + sequence, previous },
				signer,
			);
			previous = sealed;
			const row = toAuditRow(sealed);
			rows.push({ ...row, data: sealed.data });
		}
		await client.query(
			`insert into smartcloudops.audit_records
			 select * from jsonb_populate_recordset(null::smartcloudops.audit_records, $1)`,
			[JSON.stringify(rows)],
		);
		if (from % 100_000 === 1) process.stderr.write(`${from - 1} of ${records} records written\n`);
	}
	const { hash, key, signature } = previous;
	await client.query("alter table smartcloudops.audit_head disable trigger all");
	await client.query(
		"update smartcloudops.audit_head set sequence = $1, hash = $2, key = $3, signature = $4",
		[records, hash, key, signature],
	);
	await client.query("analyze smartcloudops.audit_records");
	await client.end();
}

/** Records of the product's usual kinds and sizes. */
function eventOf(sequence: number): AuditEvent {
	const approval = Math.ceil(sequence / 5);
	const planHash = (sequence * 2_654_435_761).toString(16).padEnd(64, "0");
	const common = { subject: `approval:A-${approval}`, actorId: "system:executor", actorName: "executor" };
	if (sequence % 5 === 1)
		return {
			...common,
			action: "execution.intended",
			summary: `About to run: Restart checkout for A-${approval}.`,
			data: {
				execution: `X-${approval}`,
				planHash,
				targets: [{ name: "checkout", id: "i-0abc", state: { pid: sequence } }],
			},
		};
	if (sequence % 5 === 2)
		return {
			...common,
			actorId: "person:P-7",
			actorName: "operator-1",
			action: "approval.decided",
			summary: "operator-1 approved Restart checkout",
			data: { verdict: "approve", reason: "memory is over its band", planHash, status: "approved" },
		};
	return {
		...common,
		action: "execution.called",
		summary: "Restarted checkout in 1.2 s: process 100 to 101",
		data: { execution: `X-${approval}` },
	};
}
