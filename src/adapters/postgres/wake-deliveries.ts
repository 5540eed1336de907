import { sql } from "kysely";
import { changeChannel, storeSchema } from "./names.ts";
import type { Database } from "./open-database.ts";

const deliveries = sql.table(`${storeSchema}.deliveries`);
const channels = sql.table(`${storeSchema}.delivery_channels`);

const MOST_AT_ONCE = 1000;

/**
 * Makes due what a problem holds back, as `DeliveryStore.wake` says, and announces it. Rows that others have locked
 * are left out, so that this neither waits nor deadlocks. A channel that its platform told us to leave alone for a
 * while is known by its foremost message: it was tried and has no problem.
 */
export async function wakeDeliveries(db: Database, platform: string, channel?: string): Promise<void> {
	const only = channel ?? null;
	await sql`
		with clock as materialized (
			select clock_timestamp() as now
		), late as materialized (
			select number from ${deliveries}
			where settled_at is null and owner is null and platform = ${platform}
				and (${only}::text is null or channel = ${only}::text)
				and due_at > (select now from clock) and (problem is not null or under is not null)
			order by due_at, number
			limit ${MOST_AT_ONCE}
			for update skip locked
		), hurried as (
			update ${deliveries} as delivery set due_at = (select now from clock)
			from late where delivery.number = late.number
			returning delivery.number
		), held as materialized (
			select platform, channel from ${channels} as held
			where platform = ${platform} and (${only}::text is null or channel = ${only}::text)
				and held_until > (select now from clock)
				and (
					select problem from ${deliveries} as foremost
					where foremost.platform = held.platform and foremost.channel = held.channel
						and settled_at is null and owner is null and attempts > 0 and due_at <= (select now from clock)
					order by due_at, number limit 1
				) is not null
			limit ${MOST_AT_ONCE}
			for update skip locked
		), freed as (
			update ${channels} as channel set held_until = '-infinity'
			from held where channel.platform = held.platform and channel.channel = held.channel
			returning channel.channel
		)
		select pg_notify(${changeChannel}, jsonb_build_object('kind', 'delivery', 'id', ${platform}::text)::text)
		where exists (select from hurried) or exists (select from freed)`.execute(db);
}

/** Frees what this owner claimed and never settled, and the channels that are busy with it. */
export async function resumeDeliveries(db: Database, owner: string): Promise<void> {
	await sql`
		with freed as (
			update ${deliveries} set owner = null, held_until = '-infinity'
			where settled_at is null and owner = ${owner}
			returning number, platform, channel
		)
		update ${channels} as channel set busy_with = null, busy_until = '-infinity'
		from freed
		where channel.platform = freed.platform and channel.channel = freed.channel
			and busy_with = freed.number`.execute(db);
}
