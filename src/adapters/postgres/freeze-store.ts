import { type Selectable, sql } from "kysely";
import { AppError } from "../../domain/errors.ts";
import type { Freeze } from "../../domain/freeze.ts";
import type { FreezeStore } from "../../ports/store.ts";
import { cleanText } from "./clean-text.ts";
import type { Database } from "./open-database.ts";
import { startOf, toPage } from "./page.ts";
import { present } from "./present.ts";
import { fromId, toId } from "./public-id.ts";
import type { Tables } from "./tables.ts";
import { toTime, toTimeOrNull } from "./times.ts";
import { toJson } from "./to-json.ts";

/** Freezes in Postgres. A row is never deleted: it is lifted, or its time is over. */
export function createFreezeStore(db: Database): FreezeStore {
	return {
		create: async ({ scope, reason, actorName, createdAtMs, untilMs, liftedAtMs }) => {
			const row = await db
				.insertInto("freezes")
				.values({
					scope: toJson(scope),
					reason: reason === undefined ? null : cleanText(reason),
					actor_name: cleanText(actorName),
					created_at: toTime(createdAtMs),
					until: toTimeOrNull(untilMs),
					lifted_at: toTimeOrNull(liftedAtMs),
				})
				.returningAll()
				.executeTakeFirstOrThrow();
			return toFreeze(row);
		},
		active: async () => {
			const rows = await db
				.selectFrom("freezes")
				.selectAll()
				.where("lifted_at", "is", null)
				.where(sql<boolean>`(until is null or until > clock_timestamp())`)
				.orderBy("number", "desc")
				.execute();
			return rows.map(toFreeze);
		},
		lift: async (id) => {
			const number = fromId("F", id) ?? 0;
			const { numUpdatedRows } = await db
				.updateTable("freezes")
				.set({ lifted_at: sql<Date>`clock_timestamp()` })
				.where("number", "=", number)
				.where("lifted_at", "is", null)
				.executeTakeFirst();
			if (numUpdatedRows === 1n) return true;
			const known = await db
				.selectFrom("freezes")
				.select("number")
				.where("number", "=", number)
				.executeTakeFirst();
			if (known) return false;
			throw noSuchFreeze(id);
		},
		explain: async (id, reason) => {
			const { numUpdatedRows } = await db
				.updateTable("freezes")
				.set({ reason: cleanText(reason) })
				.where("number", "=", fromId("F", id) ?? 0)
				.executeTakeFirst();
			if (numUpdatedRows === 0n) throw noSuchFreeze(id);
		},
		list: async (page) => {
			const { before, rows } = startOf("F", page);
			let query = db.selectFrom("freezes").selectAll().orderBy("number", "desc").limit(rows);
			if (before !== undefined) query = query.where("number", "<", before);
			return toPage("F", page, await query.execute(), (row) => row.number, toFreeze);
		},
	};
}

function noSuchFreeze(id: string): AppError {
	return new AppError("not_found", `There is no freeze ${id}; "freezes" shows those there are.`);
}

function toFreeze(row: Selectable<Tables["freezes"]>): Freeze {
	return {
		id: toId("F", row.number),
		scope: row.scope,
		actorName: row.actor_name,
		createdAtMs: row.created_at.getTime(),
		...present({
			reason: row.reason,
			untilMs: row.until?.getTime(),
			liftedAtMs: row.lifted_at?.getTime(),
		}),
	};
}
