import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const ALGORITHM = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * A JSON value as text that only the caller's own credential opens: replies may hold one-time codes, which no copy of the
 * database may give away. The key is derived by HKDF (RFC 5869) from the secret, with the use as its info.
 */
export function sealReply(value: unknown, secret: string): string {
	const iv = randomBytes(IV_BYTES);
	const cipher = createCipheriv(ALGORITHM, keyOf(secret), iv);
	const text = Buffer.concat([cipher.update(JSON.stringify(value ?? null), "utf8"), cipher.final()]);
	return Buffer.concat([iv, cipher.getAuthTag(), text]).toString("base64");
}

/** The value of a sealed text; throws where the secret is another, or the text was changed. */
export function openReply(sealed: string, secret: string): unknown {
	const bytes = Buffer.from(sealed, "base64");
	const decipher = createDecipheriv(ALGORITHM, keyOf(secret), bytes.subarray(0, IV_BYTES));
	decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
	const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
	return JSON.parse(text.toString("utf8"));
}

function keyOf(secret: string): Buffer {
	return Buffer.from(hkdfSync("sha256", secret, "", "smartcloudops kept reply", 32));
}
