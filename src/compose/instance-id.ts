import { randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * What tells this data folder from those of other replicas on the same database. The folder's lock makes one process
 * its only user, so leases and keys under this name are this process' own, also after a kill.
 */
export async function instanceId(dataDir: string): Promise<string> {
	const path = join(dataDir, "instance-id");
	const known = (await readFile(path, "utf8").catch(() => "")).trim();
	if (/^[0-9a-f-]{36}$/.test(known)) return known;
	const made = randomUUID();
	await writeFile(path, `${made}\n`, { mode: 0o600 });
	return made;
}
