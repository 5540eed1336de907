import { createHash, createHmac, pbkdf2Sync } from "node:crypto";

const ITERATIONS = 4096;

/**
 * What Postgres stores of a password (RFC 5803, SCRAM-SHA-256), so that the password itself is never in a statement,
 * where the server's log would keep it. Pure.
 * @param password printable ASCII: nothing that SASLprep would change
 * @param salt 16 random bytes
 */
export function scramVerifier(password: string, salt: Buffer): string {
	const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, "sha256");
	const keyOf = (name: string) => createHmac("sha256", salted).update(name).digest();
	const stored = createHash("sha256").update(keyOf("Client Key")).digest("base64");
	return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString("base64")}$${stored}:${keyOf("Server Key").toString("base64")}`;
}
