import { randomBytes } from "node:crypto";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hashSecret, isApiKey, newApiKey, newSecret } from "../../handlers/rest/secrets.ts";
import type { Identity, Person } from "../domain/actor.ts";
import type { Store } from "../ports/store.ts";

const IDENTITY: Identity = { platform: "web-console", tenant: "local", userId: "admin" };
const CODE_MINUTES = 30;

/**
 * The one person an installation starts with, whose API key lies in `<dataDir>/admin-key`, readable by its owner only.
 * Idempotent: the key file stays as it is; a new one is written where it is missing, and the old key ends.
 */
export async function ensureAdministrator(
	store: Store,
	dataDir: string,
	instance: string,
): Promise<{ readonly person: Person; readonly keyFile: string }> {
	const known = await store.people.byIdentity(IDENTITY);
	const person = known ?? (await store.people.upsert(IDENTITY, "admin-1", "admin"));
	const keyFile = join(dataDir, "admin-key");
	const key = (await readKey(keyFile)) ?? (await writeKey(keyFile));
	const secretHash = hashSecret(key);
	if (!(await store.people.credentialByHash("api-key", secretHash)))
		await store.people.addCredential({
			id: `admin-key-${instance}`,
			kind: "api-key",
			personId: person.id,
			secretHash,
		});
	return { person, keyFile };
}

/** A code that signs a person in once, within 30 minutes. */
export async function newSignInCode(store: Store, person: Person): Promise<string> {
	const code = newSecret(randomBytes);
	const expiresAtMs = (await store.now()) + CODE_MINUTES * 60_000;
	await store.people.addSignInCode({ codeHash: hashSecret(code), personId: person.id, expiresAtMs });
	return code;
}

async function readKey(path: string): Promise<string | undefined> {
	const text = await readFile(path, "utf8").catch(() => "");
	const key = text.trim();
	if (!isApiKey(key)) return undefined;
	await chmod(path, 0o600);
	return key;
}

async function writeKey(path: string): Promise<string> {
	const key = newApiKey(randomBytes);
	await writeFile(path, `${key}\n`, { mode: 0o600 });
	await chmod(path, 0o600);
	return key;
}
