import { sql } from "kysely";
import type { LeaseStore } from "../../ports/store.ts";
import { storeSchema } from "./names.ts";
import type { Database } from "./open-database.ts";
import { toTime } from "./times.ts";

/** Leases in Postgres, judged by the database's clock. The fencing token grows with each change of owner. */
export function createLeaseStore(db: Database): LeaseStore {
	return {
		acquire: async (name, owner, ttlSeconds) => {
			const { rows } = await sql<{ fencing_token: number }>`
				insert into ${sql.table(`${storeSchema}.leases`)} as held (name, owner, fencing_token, expires_at)
				values (${name}, ${owner}, 1, clock_timestamp() + make_interval(secs => ${ttlSeconds}))
				on conflict (name) do update set
					owner = excluded.owner,
					fencing_token = held.fencing_token + (held.owner is distinct from excluded.owner)::int,
					expires_at = excluded.expires_at
				where held.owner is null or held.owner = excluded.owner or held.expires_at <= clock_timestamp()
				returning fencing_token`.execute(db);
			return rows[0]?.fencing_token;
		},
		// The row stays: its token must go on growing.
		release: async (name, owner) => {
			await db
				.updateTable("leases")
				.set({ owner: null })
				.where("name", "=", name)
				.where("owner", "=", owner)
				.execute();
		},
		claimRun: async (name, instantMs) => {
			const { numInsertedOrUpdatedRows } = await db
				.insertInto("scheduled_runs")
				.values({ name, instant: toTime(instantMs) })
				.onConflict((conflict) => conflict.doNothing())
				.executeTakeFirst();
			return numInsertedOrUpdatedRows === 1n;
		},
		lastRun: async (name) => {
			const row = await db
				.selectFrom("scheduled_runs")
				.select("instant")
				.where("name", "=", name)
				.orderBy("instant", "desc")
				.limit(1)
				.executeTakeFirst();
			return row?.instant.getTime();
		},
	};
}
