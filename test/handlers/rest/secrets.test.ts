import { randomBytes } from "node:crypto";
import {
	csrfTokenOf,
	equalSecrets,
	hashSecret,
	isApiKey,
	isSecret,
	newApiKey,
	newSecret,
} from "../../../handlers/rest/secrets.ts";

test("secrets are 256 bits of the randomness given", () => {
	const zeros = newSecret((size) => new Uint8Array(size));
	expect(zeros).toBe("A".repeat(43));
	expect(isSecret(zeros)).toBe(true);
	const key = newApiKey(randomBytes);
	expect(key).toMatch(/^sco_[A-Za-z0-9_-]{43}$/);
	expect(isApiKey(key)).toBe(true);
	expect(newApiKey(randomBytes)).not.toBe(key);
});

test("the hash is SHA-256 in hex, as its specification's example", () => {
	expect(hashSecret("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

test("a session's token is not its secret, and differs by session", () => {
	const [one, two] = [newSecret(randomBytes), newSecret(randomBytes)];
	expect(csrfTokenOf(one)).toBe(csrfTokenOf(one));
	expect(csrfTokenOf(one)).not.toBe(csrfTokenOf(two));
	expect(csrfTokenOf(one)).not.toContain(one);
});

test("secrets of any length are compared", () => {
	expect(equalSecrets("a", "a")).toBe(true);
	expect(equalSecrets("", "")).toBe(true);
	expect(equalSecrets("a", "ab")).toBe(false);
	expect(equalSecrets("a", "b")).toBe(false);
});
