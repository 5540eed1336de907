import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSigningKey } from "../../../src/adapters/audit-vault/signing-key.ts";
import { type Product, startProduct } from "../../support/product.ts";

/** What is wrong with a replica, in all its lives. */
export type ReplicaFlaws = {
	/** A fault planted into it. */
	readonly sabotage?: string;
	/** By how much its clock is ahead. */
	readonly clockAheadMs?: number;
};

/** One replica of the product, a process of its own that can be killed and started again in the same data folder. */
export type Replica = {
	readonly name: string;
	/** Undefined while it is dead. */
	url(): string | undefined;
	pid(): number | undefined;
	/**
	 * Resolves when it serves, or when it died before: then false. It dies at the failpoint, written as TEST_FAILPOINT
	 * has it: `intent-committed:2`.
	 */
	start(failpoint?: string): Promise<boolean>;
	/** Resolves when the process is gone, whoever ended it. */
	gone(): Promise<void>;
	/** SIGKILL. False where it was dead already. */
	kill(): Promise<boolean>;
	apiKey(): string;
	/** The public key by which it signs the audit. */
	readonly auditKey: string;
	/** Has it trust what others signed. */
	trust(auditKeys: readonly string[]): Promise<void>;
	/** The named point at which its last life ended; undefined where it did not end at one. */
	diedAt(): string | undefined;
	/** What it last wrote, for a report. */
	output(): string;
	close(): Promise<void>;
};

const CLOCK = new URL("shifted-clock.mjs", import.meta.url).href;
const READY_MS = 40_000;

/** A replica with a data folder of its own; it is not started yet. */
export async function createReplica(
	name: string,
	environment: Readonly<Record<string, string>>,
	flaws: ReplicaFlaws,
): Promise<Replica> {
	const dataDir = await mkdtemp(join(tmpdir(), `sco-chaos-${name}-`));
	const { key: auditKey } = await openSigningKey(dataDir);
	let product: Product | undefined;
	let key = "";
	let last = "";
	const kill = async () => {
		const killed = product;
		product = undefined;
		await killed?.kill();
		return killed !== undefined;
	};
	const noteEnd = async (started: Product) => {
		await started.exited();
		last = started.output();
		if (product === started) product = undefined;
	};
	return {
		name,
		url: () => product?.url,
		pid: () => product?.pid,
		start: async (failpoint) => {
			last = "";
			try {
				const started = await startProduct({
					dataDir,
					env: { ...environment, ...variables(flaws, failpoint) },
					deadlineMs: READY_MS,
				});
				product = started;
				key = (await readFile(join(dataDir, "admin-key"), "utf8")).trim();
				void noteEnd(started);
				return true;
			} catch (error) {
				last = String(error);
				if (failpoint === undefined) throw error;
				return false;
			}
		},
		gone: async () => {
			await product?.exited();
		},
		kill,
		apiKey: () => key,
		auditKey,
		trust: (keys) => writeFile(join(dataDir, "audit-keys.json"), JSON.stringify(keys)),
		diedAt: () => /^Killed at ([a-z-]+)$/m.exec(last)?.[1],
		output: () => product?.output() ?? last,
		close: async () => {
			await product?.stop();
			product = undefined;
			await rm(dataDir, { recursive: true, force: true });
		},
	};
}

function variables(
	{ sabotage, clockAheadMs = 0 }: ReplicaFlaws,
	failpoint: string | undefined,
): Record<string, string> {
	return {
		NODE_ENV: "test",
		...(failpoint === undefined ? {} : { TEST_FAILPOINT: failpoint }),
		...(sabotage === undefined ? {} : { TEST_SABOTAGE: sabotage }),
		...(clockAheadMs === 0
			? {}
			: { NODE_OPTIONS: `--import=${CLOCK}`, TEST_CLOCK_AHEAD_MS: String(clockAheadMs) }),
	};
}
