import type { Selectable } from "kysely";
import type { Identity, Person } from "../../domain/actor.ts";
import { AppError } from "../../domain/errors.ts";
import type { Database } from "./open-database.ts";
import { fromId, toId } from "./public-id.ts";
import type { Tables } from "./tables.ts";

type PersonRow = Pick<Selectable<Tables["people"]>, "number" | "name" | "role">;

/** The person of a row. */
export function toPerson({ number, name, role }: PersonRow): Person {
	return { id: toId("P", number), name, role };
}

type IdentityRow = Pick<Selectable<Tables["identities"]>, "platform" | "tenant" | "user_id">;

/** The identity of a row. */
export function toIdentity({ platform, tenant, user_id }: IdentityRow): Identity {
	return { platform, tenant, userId: user_id };
}

/** The person of an id; of a merged one, the person it was merged into. */
export async function findPerson(db: Database, id: string): Promise<Person | undefined> {
	const row = await db
		.selectFrom("known_people")
		.selectAll()
		.where("alias", "=", fromId("P", id) ?? 0)
		.executeTakeFirst();
	return row && toPerson(row);
}

/** The persons that merged ids stand for now, by those ids; ids that were not merged are not in it. */
export async function findMerged(
	db: Database,
	ids: readonly string[],
): Promise<ReadonlyMap<string, Pick<Person, "id" | "name">>> {
	const numbers = [...new Set(ids)].flatMap((id) => fromId("P", id) ?? []);
	if (numbers.length === 0) return new Map();
	const rows = await db
		.selectFrom("known_people")
		.selectAll()
		.where("alias", "in", numbers)
		.whereRef("alias", "<>", "number")
		.execute();
	return new Map(rows.map((row) => [toId("P", row.alias), { id: toId("P", row.number), name: row.name }]));
}

/** The error for a person's id that nobody has. */
export function noSuchPerson(id: string): AppError {
	return new AppError("not_found", `There is no person ${id}; look at the list of people.`);
}
