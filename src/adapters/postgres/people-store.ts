import type { Identity, Person, Role } from "../../domain/actor.ts";
import type { PeopleStore } from "../../ports/people-store.ts";
import { cleanText } from "./clean-text.ts";
import { createCredentialStore } from "./credential-store.ts";
import { createLinkCodeStore } from "./link-code-store.ts";
import { mergePeople } from "./merge-people.ts";
import { type Database, withinTransaction } from "./open-database.ts";
import { fromId } from "./public-id.ts";
import { findPerson, noSuchPerson, toIdentity, toPerson } from "./read-person.ts";

/** People in Postgres. The id of a merged person stands for the one it was merged into, everywhere. */
export function createPeopleStore(db: Database): PeopleStore {
	return {
		byIdentity: async (identity) => {
			const row = await findByIdentity(db, identity).executeTakeFirst();
			return row && toPerson(row);
		},
		byId: (id) => findPerson(db, id),
		list: async () => {
			const rows = await db
				.selectFrom("people")
				.selectAll()
				.where("merged_into", "is", null)
				.orderBy("number")
				.execute();
			const linked = await db.selectFrom("identities").selectAll().orderBy("linked_at").execute();
			const grouped = Map.groupBy(linked, (row) => row.person_number);
			return rows.map((row) => ({
				...toPerson(row),
				identities: (grouped.get(row.number) ?? []).map(toIdentity),
			}));
		},
		upsert: (identity, name, role) =>
			withinTransaction(db, (transaction) => upsertPerson(transaction, identity, cleanText(name), role)),
		meet: async (identity, name) => {
			const known = await findByIdentity(db, identity).executeTakeFirst();
			if (known?.name === cleanText(name)) return toPerson(known);
			return withinTransaction(db, (transaction) => upsertPerson(transaction, identity, cleanText(name)));
		},
		setRole: async (personId, role) => {
			const person = await findPerson(db, personId);
			if (!person) throw noSuchPerson(personId);
			await db
				.updateTable("people")
				.set({ role })
				.where("number", "=", fromId("P", person.id) ?? 0)
				.execute();
			return { ...person, role };
		},
		identitiesOf: async (personId) => {
			const rows = await db
				.selectFrom("identities")
				.innerJoin("known_people as person", "person.number", "identities.person_number")
				.selectAll("identities")
				.where("person.alias", "=", fromId("P", personId) ?? 0)
				.orderBy("linked_at")
				.execute();
			return rows.map(toIdentity);
		},
		merge: (keptId, goneId) =>
			withinTransaction(db, (transaction) => mergePeople(transaction, keptId, goneId)),
		...createCredentialStore(db),
		...createLinkCodeStore(db),
	};
}

function findByIdentity(db: Database, { platform, tenant, userId }: Identity) {
	return db
		.selectFrom("identities")
		.innerJoin("known_people", "known_people.alias", "identities.person_number")
		.select(["known_people.number", "known_people.name", "known_people.role"])
		.where("platform", "=", platform)
		.where("tenant", "=", tenant)
		.where("user_id", "=", userId);
}

/** Without a role, the one there is stays, and a new person is a guest. */
async function upsertPerson(db: Database, identity: Identity, name: string, role?: Role): Promise<Person> {
	const known = await findByIdentity(db, identity).executeTakeFirst();
	const number = known?.number ?? (await insertPerson(db, identity, name, role ?? "guest"));
	const row = await db
		.updateTable("people")
		.set(role === undefined ? { name } : { name, role })
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
