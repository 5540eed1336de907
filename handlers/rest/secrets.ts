import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** Gives `size` bytes nobody can guess. */
export type RandomBytes = (size: number) => Uint8Array;

/** What every API key begins with, so that scanners find one that leaked. */
const API_KEY_PREFIX = "sco_";

const SECRET = /^[A-Za-z0-9_-]{43}$/;
const API_KEY = /^sco_[A-Za-z0-9_-]{32,100}$/;

/** A new secret of 256 bits, as 43 characters of base64url. */
export function newSecret(random: RandomBytes): string {
	return Buffer.from(random(32)).toString("base64url");
}

/** A new API key: the prefix and a secret. */
export function newApiKey(random: RandomBytes): string {
	return API_KEY_PREFIX + newSecret(random);
}

/** Whether the text has the form of an API key; anything else is refused before the store is asked. */
export function isApiKey(text: string): boolean {
	return API_KEY.test(text);
}

/** Whether the text has the form of a session's secret. */
export function isSecret(text: string): boolean {
	return SECRET.test(text);
}

/**
 * SHA-256 of a secret as 64 hex digits: all that the store keeps. A plain hash is enough, and looking it up by index is
 * safe against timing, because the secrets are 256 random bits: a guess does not get closer by knowing hash prefixes.
 */
export function hashSecret(secret: string): string {
	return createHash("sha256").update(secret).digest("hex");
}

/** Whether two texts are equal, in a time that depends on neither. */
export function equalSecrets(a: string, b: string): boolean {
	const digest = (text: string) => createHash("sha256").update(text).digest();
	return timingSafeEqual(digest(a), digest(b));
}

/** The token that proves a request comes from our own page: it can be computed only from the session's secret. */
export function csrfTokenOf(sessionSecret: string): string {
	return createHmac("sha256", sessionSecret).update("smartcloudops csrf 1").digest("base64url");
}
