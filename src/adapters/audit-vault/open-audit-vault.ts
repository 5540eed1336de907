import { join } from "node:path";
import { z } from "zod";
import { AppError } from "../../domain/errors.ts";
import type { AuditVault } from "../../ports/audit-vault.ts";
import type { Clock } from "../../ports/clock.ts";
import { openAnchorFile } from "./anchor-file.ts";
import { readIfThere } from "./read-if-there.ts";
import { openSigningKey } from "./signing-key.ts";

const TrustedKeys = z.array(z.string());

/**
 * The audit's key and anchor in a data folder: `audit-key`, `audit-anchor.jsonl`, and in `audit-keys.json` the keys of
 * other installations that write into the same database. Trusted are those, the own key, and keys that signed anchors.
 * @throws AppError `invalid` or `unavailable` where one of the files can't be used
 */
export async function openAuditVault(options: {
	readonly dataDir: string;
	readonly clock: Clock;
}): Promise<AuditVault> {
	const { dataDir, clock } = options;
	const signer = await openSigningKey(dataDir);
	const anchors = await openAnchorFile(join(dataDir, "audit-anchor.jsonl"), signer, clock);
	return {
		signer,
		anchors,
		trustedKeys: async () =>
			new Set([
				signer.key,
				...(await readTrusted(join(dataDir, "audit-keys.json"))),
				...(await anchors.read()).map(({ key }) => key),
			]),
	};
}

async function readTrusted(path: string): Promise<readonly string[]> {
	try {
		return TrustedKeys.parse(JSON.parse((await readIfThere(path)) ?? "[]"));
	} catch (error) {
		throw new AppError("invalid", `${path} is not a JSON list of public keys; correct it.`, { cause: error });
	}
}
