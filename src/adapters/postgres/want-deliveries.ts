import { sql } from "kysely";
import type { DeliveryOrder } from "../../domain/delivery.ts";
import { cleanText } from "./clean-text.ts";
import { changeChannel, storeSchema } from "./names.ts";
import type { Database } from "./open-database.ts";
import { toJson } from "./to-json.ts";

const deliveries = sql.table(`${storeSchema}.deliveries`);
const channels = sql.table(`${storeSchema}.delivery_channels`);

/**
 * Keeps orders as due and announces `delivery` with the name of each platform, in one statement. Of several orders
 * for the same subject and conversation the last counts. A known row keeps its place in the queue; one that a
 * problem holds back keeps its time too, so that wishing again never becomes a retry storm. Rows are locked in the
 * order of their keys, so that two callers wait for each other in one direction only.
 */
export async function wantDeliveries(db: Database, orders: readonly DeliveryOrder[]): Promise<void> {
	if (orders.length === 0) return;
	const newest = [...new Map(orders.map((order) => [placeOf(order), order])).values()];
	const texts = (read: (order: DeliveryOrder) => string | undefined) =>
		newest.map((order) => {
			const text = read(order);
			return text === undefined ? null : cleanText(text);
		});
	await sql`
		with wish as materialized (
			select nextval(${`${storeSchema}.deliveries_number_seq`}::text::regclass) as number,
				subject, platform, conversation, channel, message, under
			from unnest(
				${texts((order) => order.subject)}::text[],
				${texts((order) => order.conversation.platform)}::text[],
				${texts((order) => order.conversation.id)}::text[],
				${texts((order) => order.channel)}::text[],
				${newest.map((order) => (order.message ? toJson(order.message) : null))}::text[],
				${texts((order) => order.under)}::text[]
			) as wish (subject, platform, conversation, channel, message, under)
		), opened as (
			insert into ${channels} (platform, channel)
			select distinct platform, channel from wish order by platform, channel
			on conflict do nothing
		), kept as (
			insert into ${deliveries} as known
				(number, subject, platform, conversation, channel, message, under, due_at)
			select number, subject, platform, conversation, channel, message::jsonb, under,
				(select clock_timestamp())
			from wish order by platform, conversation, subject
			on conflict (subject, platform, conversation) do update set
				channel = excluded.channel,
				message = excluded.message,
				under = excluded.under,
				wanted = known.wanted + 1,
				due_at = case
					when known.settled_at is not null then excluded.due_at
					when known.problem is not null then known.due_at
					else least(known.due_at, excluded.due_at)
				end,
				problem = case when known.settled_at is null then known.problem end,
				settled_at = null
			returning platform
		)
		select pg_notify(${changeChannel}, jsonb_build_object('kind', 'delivery', 'id', platform)::text)
		from (select distinct platform from kept) as platforms`.execute(db);
}

function placeOf({ subject, conversation }: DeliveryOrder): string {
	return JSON.stringify([subject, conversation.platform, conversation.id].map(cleanText));
}
