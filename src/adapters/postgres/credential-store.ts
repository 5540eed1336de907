import { sql } from "kysely";
import { AppError } from "../../domain/errors.ts";
import type { PeopleStore } from "../../ports/people-store.ts";
import type { Database } from "./open-database.ts";
import { fromId, toId } from "./public-id.ts";
import { findPerson, toIdentity, toPerson } from "./read-person.ts";
import { toTime, toTimeOrNull } from "./times.ts";

export type CredentialStore = Pick<
	PeopleStore,
	"addCredential" | "credentialByHash" | "revokeCredential" | "addSignInCode" | "useSignInCode"
>;

/** Sessions, API keys and sign-in codes. Expiry is judged by the database's clock. */
export function createCredentialStore(db: Database): CredentialStore {
	return {
		addCredential: async ({ id, kind, personId, secretHash, expiresAtMs }) => {
			const values = {
				kind,
				person_number: fromId("P", personId) ?? 0,
				secret_hash: secretHash,
				expires_at: toTimeOrNull(expiresAtMs),
			};
			const { numInsertedOrUpdatedRows } = await db
				.insertInto("credentials")
				.values({ id, ...values })
				.onConflict((conflict) =>
					conflict
						.column("id")
						.doUpdateSet(values)
						.where("credentials.kind", "=", "api-key")
						.where("excluded.kind", "=", "api-key"),
				)
				.executeTakeFirst();
			if (numInsertedOrUpdatedRows === 0n)
				throw new AppError("conflict", "A session with this id exists already; sign in again.");
		},
		// An identity is asked for only to say through what the person acts: the first one that was linked.
		credentialByHash: async (kind, secretHash) => {
			const row = await db
				.selectFrom("credentials")
				.innerJoin("known_people as person", "person.alias", "credentials.person_number")
				.innerJoin("identities", "identities.person_number", "person.number")
				.select(["credentials.id", "person.number", "person.name", "person.role"])
				.select(["identities.platform", "identities.tenant", "identities.user_id"])
				.where("credentials.kind", "=", kind)
				.where("credentials.secret_hash", "=", secretHash)
				.where(notExpired)
				.orderBy("identities.linked_at")
				.limit(1)
				.executeTakeFirst();
			return row && { id: row.id, kind, person: toPerson(row), via: toIdentity(row) };
		},
		revokeCredential: async (id) => {
			await db.deleteFrom("credentials").where("id", "=", id).execute();
		},
		addSignInCode: async ({ codeHash, personId, expiresAtMs }) => {
			await db
				.insertInto("sign_in_codes")
				.values({
					code_hash: codeHash,
					person_number: fromId("P", personId) ?? 0,
					expires_at: toTime(expiresAtMs),
				})
				.execute();
		},
		// Deleting is what uses it up: of several callers at once, one gets the row.
		useSignInCode: async (codeHash) => {
			const used = await db
				.deleteFrom("sign_in_codes")
				.where("code_hash", "=", codeHash)
				.where(notExpired)
				.returning("person_number")
				.executeTakeFirst();
			return used && findPerson(db, toId("P", used.person_number));
		},
	};
}

const notExpired = sql<boolean>`(expires_at is null or expires_at > clock_timestamp())`;
