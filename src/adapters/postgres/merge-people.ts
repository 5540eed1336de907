import { sql } from "kysely";
import type { Person } from "../../domain/actor.ts";
import type { Database } from "./open-database.ts";
import { fromId } from "./public-id.ts";
import { findPerson, noSuchPerson } from "./read-person.ts";

/**
 * Makes two persons one, within a transaction; merges go one after another over all replicas. Identities, credentials
 * and sign-in codes move to the kept person. Decisions and requests stay as they were written, as evidence, and are
 * read under the kept person's id. Idempotent: merging a person with itself changes nothing.
 */
export async function mergePeople(db: Database, keptId: string, goneId: string): Promise<Person> {
	await sql`select pg_advisory_xact_lock(hashtext('smartcloudops.merge-people'))`.execute(db);
	const kept = await findPerson(db, keptId);
	const gone = await findPerson(db, goneId);
	if (!kept) throw noSuchPerson(keptId);
	if (!gone) throw noSuchPerson(goneId);
	if (kept.id === gone.id) return kept;
	const into = fromId("P", kept.id) ?? 0;
	const from = fromId("P", gone.id) ?? 0;
	await db
		.updateTable("people")
		.set({ merged_into: into })
		.where((or) => or.or([or("number", "=", from), or("merged_into", "=", from)]))
		.execute();
	for (const table of ["identities", "credentials", "sign_in_codes"] as const)
		await db.updateTable(table).set({ person_number: into }).where("person_number", "=", from).execute();
	await db.deleteFrom("link_codes").where("person_number", "=", from).execute();
	return kept;
}
