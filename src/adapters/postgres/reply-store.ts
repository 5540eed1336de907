import { sql } from "kysely";
import type { ReplyStore } from "../../ports/reply-store.ts";
import { storeSchema } from "./names.ts";
import type { Database } from "./open-database.ts";
import { present } from "./present.ts";

/** Kept replies in Postgres. Of several that claim a key at once one gets it. */
export function createReplyStore(db: Database): ReplyStore {
	return {
		claim: async (key, fingerprint, holdSeconds) => {
			const { rows } = await sql<{ key: string }>`
				insert into ${sql.table(`${storeSchema}.kept_replies`)} as kept
					(key, fingerprint, claimed_at, held_until)
				values (${key}, ${fingerprint}, clock_timestamp(),
					clock_timestamp() + make_interval(secs => ${holdSeconds}))
				on conflict (key) do update set
					fingerprint = excluded.fingerprint,
					outcome = null,
					claimed_at = excluded.claimed_at,
					held_until = excluded.held_until
				where kept.claimed_at < clock_timestamp() - interval '1 day'
					or (kept.outcome is null and kept.held_until < clock_timestamp()
						and kept.fingerprint = excluded.fingerprint)
				returning key`.execute(db);
			if (rows.length > 0) return undefined;
			const row = await db
				.selectFrom("kept_replies")
				.select(["fingerprint", "outcome"])
				.where("key", "=", key)
				.executeTakeFirst();
			// Forgotten in between: whoever asks again may have it.
			if (!row) return { fingerprint };
			return { fingerprint: row.fingerprint, ...present({ outcome: row.outcome }) };
		},
		keep: async (key, outcome) => {
			await db.updateTable("kept_replies").set({ outcome }).where("key", "=", key).execute();
		},
		release: async (key) => {
			await db.deleteFrom("kept_replies").where("key", "=", key).execute();
		},
	};
}
