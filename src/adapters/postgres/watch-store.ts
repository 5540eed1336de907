import { AppError } from "../../domain/errors.ts";
import type { WatchStore } from "../../ports/store.ts";
import type { Database } from "./open-database.ts";

/** Detector snapshots in Postgres. A writer whose lease another took over has the older token and is refused. */
export function createWatchStore(db: Database): WatchStore {
	return {
		loadSnapshot: async (watch) => {
			const row = await db
				.selectFrom("watch_snapshots")
				.select("snapshot")
				.where("watch", "=", watch)
				.executeTakeFirst();
			return row?.snapshot;
		},
		saveSnapshot: async (watch, snapshot, fencingToken) => {
			const { numInsertedOrUpdatedRows } = await db
				.insertInto("watch_snapshots")
				.values({ watch, snapshot, fencing_token: fencingToken })
				.onConflict((conflict) =>
					conflict
						.column("watch")
						.doUpdateSet({ snapshot, fencing_token: fencingToken })
						.where("watch_snapshots.fencing_token", "<=", fencingToken),
				)
				.executeTakeFirst();
			if (numInsertedOrUpdatedRows === 0n)
				throw new AppError("conflict", `Another replica scores ${watch} now; this one must stop.`);
		},
	};
}
