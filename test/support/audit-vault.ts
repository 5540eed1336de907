import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAuditVault } from "../../src/adapters/audit-vault/open-audit-vault.ts";
import { openPostgresStore, type PostgresStore } from "../../src/adapters/postgres/open-postgres-store.ts";
import type { AuditVault } from "../../src/ports/audit-vault.ts";
import { silentLogger, type TestConnection } from "./postgres.ts";

/** A data folder of its own with key and anchor. */
export type VaultFolder = {
	readonly dataDir: string;
	/** Opens it, as each start does. */
	open(): Promise<AuditVault>;
	remove(): void;
};

/** Makes a data folder for an audit's key and anchor. */
export function newVaultFolder(): VaultFolder {
	const dataDir = mkdtempSync(join(tmpdir(), "sco-vault-"));
	return {
		dataDir,
		open: () => openAuditVault({ dataDir, clock: { now: () => Date.now() } }),
		remove: () => rmSync(dataDir, { recursive: true, force: true }),
	};
}

/** A store that signs and anchors its audit. */
export function openSignedStore(connection: TestConnection, vault: AuditVault): Promise<PostgresStore> {
	return openPostgresStore({ connection, logger: silentLogger, poolSize: 3, vault });
}
