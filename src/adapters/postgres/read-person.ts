import type { Selectable } from "kysely";
import type { Identity, Person } from "../../domain/actor.ts";
import { toId } from "./public-id.ts";
import type { Tables } from "./tables.ts";

/** The person of a row. */
export function toPerson({ number, name, role }: Selectable<Tables["people"]>): Person {
	return { id: toId("P", number), name, role };
}

type IdentityRow = Pick<Selectable<Tables["identities"]>, "platform" | "tenant" | "user_id">;

/** The identity of a row. */
export function toIdentity({ platform, tenant, user_id }: IdentityRow): Identity {
	return { platform, tenant, userId: user_id };
}
