import { type Actor, hasRole } from "../../src/domain/actor.ts";
import { AppError } from "../../src/domain/errors.ts";
import type { Credential, PeopleStore } from "../../src/ports/people-store.ts";
import { hashSecret, isApiKey, isSecret } from "./secrets.ts";

export const SESSION_COOKIE = "sco_session";

/** An actor behind whom a person stands; nobody else may use the HTTP interface. */
export type PersonActor = Extract<Actor, { readonly person: unknown }>;

/** Who sends a request, and what proved it. `secret` never leaves the request. */
export type Caller = {
	readonly actor: PersonActor;
	readonly credential: Credential;
	readonly secret: string;
	/** Whether the same credential would still be accepted now; for connections that stay open. */
	stillAllowed(): Promise<boolean>;
};

/** What a request shows to prove who sends it. */
export type Shown = { readonly authorization?: string | undefined; readonly cookie?: string | undefined };

const INVALID_KEY = "This API key is not valid; it may have been replaced or revoked.";
const INVALID_SESSION = "The session is over; sign in again.";
const NOTHING = "Sign in, or send an API key as Authorization: Bearer.";

/**
 * Finds out who sends a request, from the store each time, so that a revoked key, an ended session or a changed role
 * counts at once. A key in the header goes before the cookie. AppErrors: `unauthenticated`, `unavailable`.
 */
export async function identifyCaller(people: PeopleStore, shown: Shown): Promise<Caller> {
	if (shown.authorization !== undefined) {
		const key = /^Bearer ([^\s]+)$/i.exec(shown.authorization)?.[1] ?? "";
		if (!isApiKey(key)) throw new AppError("unauthenticated", INVALID_KEY);
		const credential = await find(people, "api-key", key);
		if (!credential) throw new AppError("unauthenticated", INVALID_KEY);
		const actor: Actor = { kind: "api-key", keyId: credential.id, person: credential.person };
		return { actor, credential, secret: key, stillAllowed: () => isStillAllowed(people, shown) };
	}
	if (!shown.cookie) throw new AppError("unauthenticated", NOTHING);
	const credential = isSecret(shown.cookie) ? await find(people, "session", shown.cookie) : undefined;
	if (!credential) throw new AppError("unauthenticated", INVALID_SESSION);
	const actor: Actor = { kind: "person", person: credential.person, via: credential.via };
	return { actor, credential, secret: shown.cookie, stillAllowed: () => isStillAllowed(people, shown) };
}

async function find(people: PeopleStore, kind: Credential["kind"], secret: string) {
	try {
		return await people.credentialByHash(kind, hashSecret(secret));
	} catch (error) {
		if (error instanceof AppError) throw error;
		throw new AppError("unavailable", "The store does not answer, so nobody can be identified; try again.", {
			retryAfterSeconds: 2,
			cause: error,
		});
	}
}

async function isStillAllowed(people: PeopleStore, shown: Shown): Promise<boolean> {
	try {
		const { actor } = await identifyCaller(people, shown);
		return hasRole(actor.person.role, "viewer");
	} catch (error) {
		if (error instanceof AppError && error.code === "unauthenticated") return false;
		throw error;
	}
}
