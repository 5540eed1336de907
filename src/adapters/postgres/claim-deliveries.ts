import { type Selectable, sql } from "kysely";
import type { Delivery } from "../../domain/delivery.ts";
import { storeSchema } from "./names.ts";
import type { Database } from "./open-database.ts";
import { present } from "./present.ts";
import type { Tables } from "./tables.ts";

const deliveries = sql.table(`${storeSchema}.deliveries`);
const channels = sql.table(`${storeSchema}.delivery_channels`);

/**
 * Claims as `DeliveryStore.claim` says, over all replicas: whoever locks a channel's row takes its oldest due delivery
 * and marks the channel as busy and paced; others skip locked rows and judge marked ones by their newest version.
 * What an open transaction is about to change is skipped too, so that a claim never waits for it.
 */
export async function claimDeliveries(
	db: Database,
	owner: string,
	limit: number,
	holdSeconds: number,
	paceMs: Readonly<Record<string, number>>,
): Promise<readonly Delivery[]> {
	const now = sql`(select now from clock)`;
	const hold = sql`make_interval(secs => ${holdSeconds})`;
	const due = sql`settled_at is null and due_at <= ${now} and delivery.held_until <= ${now}`;
	const { rows } = await sql<Selectable<Tables["deliveries"]>>`
		with clock as materialized (
			select clock_timestamp() as now
		), ready as materialized (
			select channel.platform, channel.channel
			from (
				select platform, channel, min(due_at) as oldest
				from ${deliveries} as delivery
				where ${due}
				group by platform, channel
			) as waiting join ${channels} as channel using (platform, channel)
			where channel.busy_until <= ${now} and channel.paced_until <= ${now} and channel.held_until <= ${now}
			order by waiting.oldest, channel.platform, channel.channel
			limit ${limit}
			for update of channel skip locked
		), picked as materialized (
			select oldest.number
			from ready cross join lateral (
				select number from ${deliveries} as delivery
				where delivery.platform = ready.platform and delivery.channel = ready.channel and ${due}
				order by due_at, number
				limit 1
				for update skip locked
			) as oldest
		), taken as (
			update ${deliveries} as delivery set
				owner = ${owner},
				held_until = ${now} + ${hold},
				attempts = attempts + 1,
				claimed_wanted = wanted
			from picked where delivery.number = picked.number
			returning delivery.*
		), marked as (
			update ${channels} as channel set
				busy_with = taken.number,
				busy_until = ${now} + ${hold},
				paced_until = ${now} + make_interval(
					secs => coalesce((${JSON.stringify(paceMs)}::jsonb ->> channel.platform)::double precision, 0) / 1000
				)
			from taken
			where channel.platform = taken.platform and channel.channel = taken.channel
		)
		select * from taken order by due_at, number`.execute(db);
	return rows.map(toDelivery);
}

function toDelivery(row: Selectable<Tables["deliveries"]>): Delivery {
	const { subject, platform, conversation, channel, message, under, wanted, attempts, problem } = row;
	return {
		subject,
		conversation: { platform, id: conversation },
		channel,
		...present({ message, under, problem }),
		wanted,
		attempts,
	};
}
