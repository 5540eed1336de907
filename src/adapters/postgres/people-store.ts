import type { Identity, Person, Role } from "../../domain/actor.ts";
import type { PeopleStore } from "../../ports/store.ts";
import { createCredentialStore } from "./credential-store.ts";
import { type Database, withinTransaction } from "./open-database.ts";
import { fromId } from "./public-id.ts";
import { toIdentity, toPerson } from "./read-person.ts";

/** People in Postgres. */
export function createPeopleStore(db: Database): PeopleStore {
	return {
		byIdentity: async (identity) => {
			const row = await findByIdentity(db, identity).executeTakeFirst();
			return row && toPerson(row);
		},
		byId: async (id) => {
			const row = await db
				.selectFrom("people")
				.selectAll()
				.where("number", "=", fromId("P", id) ?? 0)
				.executeTakeFirst();
			return row && toPerson(row);
		},
		list: async () => {
			const rows = await db.selectFrom("people").selectAll().orderBy("number").execute();
			const linked = await db.selectFrom("identities").selectAll().orderBy("linked_at").execute();
			const grouped = Map.groupBy(linked, (row) => row.person_number);
			return rows.map((row) => ({
				...toPerson(row),
				identities: (grouped.get(row.number) ?? []).map(toIdentity),
			}));
		},
		upsert: (identity, name, role) =>
			withinTransaction(db, (transaction) => upsertPerson(transaction, identity, name, role)),
		...createCredentialStore(db),
	};
}

function findByIdentity(db: Database, { platform, tenant, userId }: Identity) {
	return db
		.selectFrom("identities")
		.innerJoin("people", "people.number", "identities.person_number")
		.select(["people.number", "people.name", "people.role"])
		.where("platform", "=", platform)
		.where("tenant", "=", tenant)
		.where("user_id", "=", userId);
}

async function upsertPerson(db: Database, identity: Identity, name: string, role: Role): Promise<Person> {
	const known = await findByIdentity(db, identity).executeTakeFirst();
	const number = known?.number ?? (await insertPerson(db, identity, name, role));
	const row = await db
		.updateTable("people")
		.set({ name, role })
		.where("number", "=", number)
		.returningAll()
		.executeTakeFirstOrThrow();
	return toPerson(row);
}

/** The number of the person; where two callers make the same identity at once, both get the first one's. */
async function insertPerson(db: Database, identity: Identity, name: string, role: Role): Promise<number> {
	const { number } = await db
		.insertInto("people")
		.values({ name, role })
		.returning("number")
		.executeTakeFirstOrThrow();
	const { platform, tenant, userId } = identity;
	const linked = await db
		.insertInto("identities")
		.values({ platform, tenant, user_id: userId, person_number: number })
		.onConflict((conflict) => conflict.doNothing())
		.returning("person_number")
		.executeTakeFirst();
	if (linked) return number;
	await db.deleteFrom("people").where("number", "=", number).execute();
	const first = await findByIdentity(db, identity).executeTakeFirstOrThrow();
	return first.number;
}
