import { createPublicKey } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { fail } from "./running-instance.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** An Ed25519 public key in base64url: 32 bytes. */
const PublicKey = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** Prints the public key with which the installation of DATA_DIR signs. */
export function showKey(environment: Environment): void {
	const path = join(dataDirOf(environment), "audit-key");
	try {
		process.stdout.write(`${createPublicKey(readFileSync(path, "utf8")).export({ format: "jwk" }).x}\n`);
	} catch {
		fail(`There is no key in ${path}; start the product on this data folder once, or set DATA_DIR.`);
	}
}

/** Lets records count that another installation signed. Takes effect at once. Idempotent. */
export function trustKey(environment: Environment, key: string): void {
	if (!PublicKey.safeParse(key).success)
		fail('That is not a public key; "npm run audit -- key" on the other installation prints it.');
	const path = join(dataDirOf(environment), "audit-keys.json");
	const keys = readKeys(path);
	try {
		writeFileSync(path, `${JSON.stringify([...new Set([...keys, key])], null, "\t")}\n`, { mode: 0o600 });
	} catch {
		fail(`${path} can't be written; set DATA_DIR to the installation's data folder.`);
	}
	process.stdout.write(`Records signed with ${key} count from now on.\n`);
}

function readKeys(path: string): readonly string[] {
	let text: string;
	try {
		text = readFileSync(path, "utf8");
	} catch {
		return [];
	}
	try {
		return z.array(z.string()).parse(JSON.parse(text));
	} catch {
		return fail(`${path} is not a JSON list of public keys; correct it first.`);
	}
}

function dataDirOf(environment: Environment): string {
	return environment.DATA_DIR ?? "./data";
}
