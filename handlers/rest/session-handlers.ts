import type { z } from "zod";
import { actorId, actorName, type Person } from "../../src/domain/actor.ts";
import { AppError } from "../../src/domain/errors.ts";
import type { Stores } from "../../src/ports/store.ts";
import type { Caller } from "./identify-caller.ts";
import { personView } from "./person-view.ts";
import type { RestDeps } from "./rest-deps.ts";
import { type Reply, reply } from "./route.ts";
import { csrfTokenOf, hashSecret, isApiKey, newSecret } from "./secrets.ts";
import type { SessionView, SignedOutView, SignInRequest } from "./session-schema.ts";

const SESSION_SECONDS = 12 * 3600;

/** Who the caller is, and the token their page sends back with changes. API keys need none. */
export async function readSession(
	deps: RestDeps,
	{ caller }: { readonly caller: Caller },
): Promise<z.input<typeof SessionView>> {
	const token = caller.credential.kind === "session" ? csrfTokenOf(caller.secret) : "";
	return sessionView(deps, caller.actor.person, token);
}

function sessionView(deps: RestDeps, person: Person, csrfToken: string): z.input<typeof SessionView> {
	const { environment, version, demo } = deps.about;
	return { person: personView(person), csrfToken, environment, version, demo };
}

/**
 * Opens a session of 12 hours for a one-time code, which is used up, or for an API key of the person. AppError
 * `unauthenticated` for anything else, without saying what was wrong with it.
 */
export async function signIn(
	deps: RestDeps,
	{ body, ip }: { readonly body: z.output<typeof SignInRequest>; readonly ip: string },
): Promise<Reply> {
	const secret = newSecret(deps.random);
	const person = await deps.store.transaction(async (stores) => {
		const found = await personOfCode(stores, body.code.trim());
		if (!found) return undefined;
		const id = `session-${newSecret(deps.random).slice(0, 16)}`;
		await stores.people.addCredential({
			id,
			kind: "session",
			personId: found.id,
			secretHash: hashSecret(secret),
			expiresAtMs: (await stores.now()) + SESSION_SECONDS * 1000,
		});
		await stores.audit.append({
			action: "session.opened",
			actorId: `person:${found.id}`,
			actorName: found.name,
			subject: `session:${id}`,
			summary: `${found.name} signed in to the console`,
			data: { role: found.role, address: ip },
		});
		return found;
	});
	if (!person) {
		deps.logger.warn("A sign-in was refused.", { address: ip });
		throw new AppError(
			"unauthenticated",
			"This code is not valid: it was used, has expired or is mistyped; use a new one.",
		);
	}
	return reply({
		session: { secret, maxAgeSeconds: SESSION_SECONDS },
		body: sessionView(deps, person, csrfTokenOf(secret)),
	});
}

async function personOfCode(stores: Stores, code: string): Promise<Person | undefined> {
	if (isApiKey(code)) return (await stores.people.credentialByHash("api-key", hashSecret(code)))?.person;
	return stores.people.useSignInCode(hashSecret(code));
}

/** Ends the caller's session at once. AppError `invalid` for an API key, which has none. */
export async function signOut(deps: RestDeps, { caller }: { readonly caller: Caller }): Promise<Reply> {
	const { credential, actor } = caller;
	if (credential.kind !== "session")
		throw new AppError("invalid", "An API key has no session to end; replace the key to make it invalid.");
	await deps.store.transaction(async (stores) => {
		await stores.people.revokeCredential(credential.id);
		await stores.audit.append({
			action: "session.ended",
			actorId: actorId(actor),
			actorName: actorName(actor),
			subject: `session:${credential.id}`,
			summary: `${actorName(actor)} signed out of the console`,
			data: {},
		});
	});
	const body: z.input<typeof SignedOutView> = { signedOut: true };
	return reply({ session: { secret: "", maxAgeSeconds: 0 }, body });
}
