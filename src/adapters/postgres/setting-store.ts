import { sql } from "kysely";
import type { SettingStore } from "../../ports/store.ts";
import { cleanText } from "./clean-text.ts";
import type { Database } from "./open-database.ts";
import { toJson } from "./to-json.ts";

/** Settings over the configuration file, in Postgres: one for each (kind, name), listed in that order. */
export function createSettingStore(db: Database): SettingStore {
	return {
		list: async () => {
			const rows = await db.selectFrom("settings").selectAll().orderBy("kind").orderBy("name").execute();
			return rows.map(({ kind, name, value, actor_name, changed_at }) => ({
				kind,
				name,
				value,
				actorName: actor_name,
				changedAtMs: changed_at.getTime(),
			}));
		},
		put: async ({ kind, name, value, actorName }) => {
			const values = {
				value: toJson(value),
				actor_name: cleanText(actorName),
				changed_at: sql<Date>`clock_timestamp()`,
			};
			await db
				.insertInto("settings")
				.values({ kind, name: cleanText(name), ...values })
				.onConflict((conflict) => conflict.columns(["kind", "name"]).doUpdateSet(values))
				.execute();
		},
		remove: async (kind, name) => {
			const { numDeletedRows } = await db
				.deleteFrom("settings")
				.where("kind", "=", kind)
				.where("name", "=", cleanText(name))
				.executeTakeFirst();
			return numDeletedRows > 0n;
		},
	};
}
