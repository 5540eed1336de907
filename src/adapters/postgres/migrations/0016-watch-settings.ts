import { type Kysely, sql } from "kysely";

/** Watches can be added, taken away, muted and tuned by command, as routes can. */
export async function allowWatchSettings(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table smartcloudops.settings
			drop constraint settings_kind_check,
			add constraint settings_kind_check
				check (kind in ('route', 'watch', 'watch-mute', 'watch-sensitivity'))`.execute(db);
}
