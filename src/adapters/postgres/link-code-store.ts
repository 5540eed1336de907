import { sql } from "kysely";
import type { PeopleStore } from "../../ports/people-store.ts";
import type { Database } from "./open-database.ts";
import { fromId, toId } from "./public-id.ts";
import { findPerson, noSuchPerson } from "./read-person.ts";
import { toTime } from "./times.ts";

/** Codes that link another account to a person. Expiry is judged by the database's clock. */
export function createLinkCodeStore(db: Database): Pick<PeopleStore, "addLinkCode" | "useLinkCode"> {
	return {
		addLinkCode: async ({ codeHash, personId, expiresAtMs }) => {
			const person = await findPerson(db, personId);
			if (!person) throw noSuchPerson(personId);
			const values = { code_hash: codeHash, expires_at: toTime(expiresAtMs) };
			await db
				.insertInto("link_codes")
				.values({ person_number: fromId("P", person.id) ?? 0, ...values })
				.onConflict((conflict) => conflict.column("person_number").doUpdateSet(values))
				.execute();
		},
		// Deleting is what uses it up: of several callers at once, one gets the row.
		useLinkCode: async (codeHash) => {
			const used = await db
				.deleteFrom("link_codes")
				.where("code_hash", "=", codeHash)
				.where(sql<boolean>`expires_at > clock_timestamp()`)
				.returning("person_number")
				.executeTakeFirst();
			return used && findPerson(db, toId("P", used.person_number));
		},
	};
}
