import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { AuditVerification } from "../../../src/domain/audit-event.ts";
import type { AuditSigner } from "../../../src/ports/audit-vault.ts";
import type { AuditLog } from "../../../src/ports/store.ts";
import { newVaultFolder, openSignedStore } from "../../support/audit-vault.ts";
import { createTestDatabase } from "../../support/postgres.ts";
import { diceOf } from "../dice.ts";
import type { Violation } from "../violation.ts";
import { type AuditTables, seizeAuditTables } from "./audit-tables.ts";
import { TAMPERS } from "./tampers.ts";

export type TamperOptions = {
	readonly trials: number;
	readonly seed: number;
	/** The number of the first trial, where a run goes on. Default 0. */
	readonly from?: number;
	/** Stands in for the product's own verification, to judge the judge. */
	readonly verify?: () => Promise<AuditVerification>;
};

export type TamperResult = {
	readonly trials: number;
	/** How often the untouched audit was verified between the trials. */
	readonly controls: number;
	/** How many trials there were of each way to tamper. */
	readonly ways: Readonly<Record<string, number>>;
	readonly violations: readonly Violation[];
	readonly seconds: number;
};

const RECORDS = 60;
const CONTROL_EVERY = 10;

/**
 * Tampers with the audit of a real Postgres, as a superuser who can do everything but reach the data folder. Each time
 * the product must say that it is broken, and name the first record that is not as it was; in between, that the untouched
 * one is whole. The same seed gives the same trials.
 */
export async function runTamper(options: TamperOptions): Promise<TamperResult> {
	const { trials, seed, from = 0 } = options;
	const startedMs = performance.now();
	const world = await openWorld();
	const verify = options.verify ?? (() => world.audit.verify());
	const violations: Violation[] = [];
	const ways: Record<string, number> = {};
	let controls = 0;
	try {
		const whole = await world.tables.read();
		const control = async (trial: number) => {
			controls += 1;
			const result = await verify();
			if (!result.ok || result.records !== RECORDS)
				violations.push({ invariant: "I4", trial, text: `untouched, it is called broken: ${say(result)}` });
		};
		for (let trial = from; trial < from + trials; trial += 1) {
			if (trial % CONTROL_EVERY === 0) await control(trial);
			const dice = diceOf(seed, "tamper", trial);
			const way = dice.pick(Object.keys(TAMPERS));
			const { brokenAt, ...content } = TAMPERS[way]?.(whole, dice, world.foreign) ?? {
				...whole,
				brokenAt: 0,
			};
			ways[way] = (ways[way] ?? 0) + 1;
			await world.tables.write(content);
			const result = await verify();
			if (result.ok || result.brokenAt !== brokenAt)
				violations.push({
					invariant: "I4",
					trial,
					text: `${way}: record ${brokenAt} is the first that is wrong, but ${say(result)}`,
				});
			await world.tables.write(whole);
		}
		await control(from + trials);
	} finally {
		await world.close();
	}
	const seconds = Math.round((performance.now() - startedMs) / 100) / 10;
	return { trials, controls, ways, violations, seconds };
}

function say({ ok, brokenAt, reason }: AuditVerification): string {
	return ok ? "it is called whole" : `record ${brokenAt} is named (${reason})`;
}

type World = {
	readonly audit: AuditLog;
	readonly tables: AuditTables;
	/** A key of the attacker's own. */
	readonly foreign: AuditSigner;
	close(): Promise<void>;
};

/** Two replicas that trust each other have written in turns; the first one verifies, and anchored now and then. */
async function openWorld(): Promise<World> {
	const { connection } = await createTestDatabase();
	const folders = [newVaultFolder(), newVaultFolder(), newVaultFolder()] as const;
	const [own, other, attacker] = [await folders[0].open(), await folders[1].open(), await folders[2].open()];
	await writeFile(join(folders[0].dataDir, "audit-keys.json"), JSON.stringify([other.signer.key]));
	const first = await openSignedStore(connection, own);
	const second = await openSignedStore(connection, other);
	for (let count = 1; count <= RECORDS; count += 1) {
		const { audit } = Math.floor(count / 9) % 3 === 1 ? second.store : first.store;
		await audit.append({
			action: count % 7 === 0 ? "execution.intended" : "approval.decided",
			actorId: `person:P-${count % 4}`,
			actorName: `operator-${count % 4}`,
			subject: `approval:A-${count % 11}`,
			summary: `operator-${count % 4} approved A-${count % 11}`,
			data: { count, targets: [{ name: "checkout", id: "i-0123456789abcdef0" }], reason: null },
		});
	}
	await first.store.audit.anchor();
	// Anchoring by the clock, within a second of each record, must not come into the trials.
	await pause(1_500);
	const anchored = await readFile(join(folders[0].dataDir, "audit-anchor.jsonl"), "utf8");
	if (!anchored.includes(`"sequence":${RECORDS},`)) throw new Error("the last record is not anchored");
	const tables = await seizeAuditTables(connection);
	return {
		audit: first.store.audit,
		tables,
		foreign: attacker.signer,
		close: async () => {
			await tables.close();
			await Promise.all([first.close(), second.close()]);
			for (const folder of folders) folder.remove();
		},
	};
}
