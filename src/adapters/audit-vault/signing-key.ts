import {
	createPrivateKey,
	createPublicKey,
	generateKeyPairSync,
	type KeyObject,
	sign,
	verify,
} from "node:crypto";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../domain/errors.ts";
import type { AuditSigner } from "../../ports/audit-vault.ts";
import { readIfThere } from "./read-if-there.ts";
import { replaceSynced } from "./write-synced.ts";

const MOST_KEYS = 64;

/**
 * The installation's Ed25519 key, `<dataDir>/audit-key`, readable by its owner only; made where there is none.
 * AppError `invalid` where the file holds something else.
 */
export async function openSigningKey(dataDir: string): Promise<AuditSigner> {
	const path = join(dataDir, "audit-key");
	const secret = readSecret(await readKey(path), path);
	const known = new Map<string, KeyObject>();
	const publicKeyOf = (key: string): KeyObject => {
		const found = known.get(key) ?? fromRaw(key);
		if (known.size < MOST_KEYS) known.set(key, found);
		return found;
	};
	return {
		key: toRaw(createPublicKey(secret)),
		sign: (text) => sign(null, Buffer.from(text), secret).toString("base64url"),
		isSigned: (text, { key, signature }) => {
			try {
				return verify(null, Buffer.from(text), publicKeyOf(key), Buffer.from(signature, "base64url"));
			} catch {
				return false;
			}
		},
	};
}

async function readKey(path: string): Promise<string> {
	const found = await readIfThere(path);
	if (found !== undefined) {
		// A key that was mounted may not be ours to change.
		await chmod(path, 0o600).catch(() => undefined);
		return found;
	}
	const { privateKey } = generateKeyPairSync("ed25519");
	const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
	await replaceSynced(path, pem);
	return pem;
}

function readSecret(pem: string, path: string): KeyObject {
	try {
		const secret = createPrivateKey(pem);
		if (secret.asymmetricKeyType === "ed25519") return secret;
	} catch {
		// Said below, without the file's content.
	}
	throw new AppError(
		"invalid",
		`${path} is not an Ed25519 private key in PEM; restore it, or move it away and a new one is made.`,
	);
}

function toRaw(publicKey: KeyObject): string {
	return publicKey.export({ format: "jwk" }).x ?? "";
}

function fromRaw(key: string): KeyObject {
	return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: key }, format: "jwk" });
}
