import type { Identity, Person, Role } from "../domain/actor.ts";

/** A session or an API key, found by the hash of its secret. */
export type Credential = {
	readonly id: string;
	readonly kind: "api-key" | "session";
	readonly person: Person;
	readonly via: Identity;
};

/** People, their identities and how they prove who they are. Only SHA-256 hashes of secrets are kept. */
export type PeopleStore = {
	byIdentity(identity: Identity): Promise<Person | undefined>;
	byId(id: string): Promise<Person | undefined>;
	list(): Promise<readonly (Person & { readonly identities: readonly Identity[] })[]>;
	/** Makes the person of an identity, or changes name and role of the one there is. Idempotent. */
	upsert(identity: Identity, name: string, role: Role): Promise<Person>;
	/** The person of an identity under the name the platform gives now; unknown ones become guests. Idempotent. */
	meet(identity: Identity, name: string): Promise<Person>;
	/** Changes a role. AppError `not_found`. */
	setRole(personId: string, role: Role): Promise<Person>;
	/** All identities of a person. */
	identitiesOf(personId: string): Promise<readonly Identity[]>;
	/**
	 * Makes two persons one: the identities and decisions of `goneId` belong to `keptId` from now on, which keeps its
	 * name and role; `byId(goneId)` gives `keptId` afterwards. AppError `not_found`.
	 */
	merge(keptId: string, goneId: string): Promise<Person>;
	/** A code that links another account to a person once, before it expires. One for a person: a new one replaces it. */
	addLinkCode(code: {
		readonly codeHash: string;
		readonly personId: string;
		readonly expiresAtMs: number;
	}): Promise<void>;
	/** The person of an unused, unexpired link code, which is used up by this. */
	useLinkCode(codeHash: string): Promise<Person | undefined>;
	/** Stores a credential; an API key with the same id is replaced. `expiresAtMs` undefined: until revoked. */
	addCredential(credential: {
		readonly id: string;
		readonly kind: "api-key" | "session";
		readonly personId: string;
		readonly secretHash: string;
		readonly expiresAtMs?: number;
	}): Promise<void>;
	credentialByHash(kind: "api-key" | "session", secretHash: string): Promise<Credential | undefined>;
	revokeCredential(id: string): Promise<void>;
	/** A code that signs a person in once, before it expires. */
	addSignInCode(code: {
		readonly codeHash: string;
		readonly personId: string;
		readonly expiresAtMs: number;
	}): Promise<void>;
	/** The person of an unused, unexpired code, which is used up by this. */
	useSignInCode(codeHash: string): Promise<Person | undefined>;
};
