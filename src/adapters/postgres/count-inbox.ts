import { sql } from "kysely";
import type { InboxStore } from "../../ports/chat-stores.ts";
import { storeSchema } from "./names.ts";
import type { Database } from "./open-database.ts";

const inbox = sql.table(`${storeSchema}.inbox`);

/**
 * What `InboxStore.count` tells. It reads the unfinished, the given up and one row for each platform: the recursion
 * steps from platform to platform through the index, since a plain maximum would read every row ever kept.
 */
export async function countInbox(db: Database): ReturnType<InboxStore["count"]> {
	const { rows } = await sql<{ waiting: number; failed: number; platforms: Record<string, number> | null }>`
		with recursive platforms as (
			(select platform, received_at from ${inbox} order by platform desc, received_at desc limit 1)
			union all
			select earlier.platform, earlier.received_at
			from platforms cross join lateral (
				select platform, received_at from ${inbox}
				where platform < platforms.platform
				order by platform desc, received_at desc limit 1
			) as earlier
		)
		select
			(select count(*) from ${inbox} where finished_at is null) as waiting,
			(select count(*) from ${inbox} where problem is not null) as failed,
			(select jsonb_object_agg(platform, floor(extract(epoch from received_at) * 1000)) from platforms) as platforms
	`.execute(db);
	const [row] = rows;
	return {
		waiting: row?.waiting ?? 0,
		failed: row?.failed ?? 0,
		lastReceivedAtMs: row?.platforms ?? {},
	};
}
