import { sql } from "kysely";
import type { Delivery, DeliveryOutcome } from "../../domain/delivery.ts";
import type { DeliveryStore } from "../../ports/chat-stores.ts";
import { claimDeliveries } from "./claim-deliveries.ts";
import { cleanText } from "./clean-text.ts";
import { storeSchema } from "./names.ts";
import type { Database } from "./open-database.ts";
import { resumeDeliveries, wakeDeliveries } from "./wake-deliveries.ts";
import { wantDeliveries } from "./want-deliveries.ts";

const deliveries = sql.table(`${storeSchema}.deliveries`);
const channels = sql.table(`${storeSchema}.delivery_channels`);

/** What waits, with the state of its channel; where no row does, the seconds are null. */
const waitingInChannels = sql`${deliveries} as delivery join ${channels} as channel using (platform, channel)
	where settled_at is null`;
const secondsUntilNext = sql`extract(epoch from min(greatest(
	due_at, delivery.held_until, busy_until, paced_until, channel.held_until
)) - clock_timestamp())::double precision`;

/**
 * Deliveries in Postgres, timed by the database's clock. A channel's messages go one after another: while somebody
 * has one, no other of that channel is claimed. When an owner dies, its deliveries and their channels are free again
 * after the hold it asked for; what it had posted but not settled is claimed once more, so a message may be shown
 * twice where the platform has no way to tell. A settlement that comes after another owner took over is ignored.
 */
export function createDeliveryStore(db: Database): DeliveryStore {
	return {
		want: (orders) => wantDeliveries(db, orders),
		whereWanted: async (subject) => {
			const { rows } = await sql<{ platform: string; conversation: string }>`
				select platform, conversation from ${deliveries}
				where subject = ${cleanText(subject)} and settled_at is null
				order by platform, conversation`.execute(db);
			return rows.map(({ platform, conversation }) => ({ platform, id: conversation }));
		},
		claim: (owner, limit, holdSeconds, paceMs) => claimDeliveries(db, owner, limit, holdSeconds, paceMs),
		settle: (delivery, outcome) =>
			outcome.kind === "later" ? postpone(db, delivery, outcome) : close(db, delivery, outcome),
		troubled: async () => {
			const { rows } = await sql<TroubledRow>`
				select platform, channel, count(*) as waiting, min(problem_since) as since,
					(array_agg(problem order by problem_since, number) filter (where problem is not null))[1] as problem,
					${secondsUntilNext} as next
				from ${waitingInChannels}
				group by platform, channel
				having count(problem) > 0
				order by since, platform, channel`.execute(db);
			return rows.map(({ platform, channel, problem, waiting, since, next }) => ({
				channel: { platform, id: channel },
				problem,
				waiting,
				sinceMs: since.getTime(),
				nextInSeconds: Math.max(0, next),
			}));
		},
		waiting: async () => {
			const { rows } = await sql<WaitingRow>`
				select platform, count(*) as waiting, greatest(0, extract(epoch from
					clock_timestamp() - min(least(due_at, coalesce(problem_since, due_at)))
				))::double precision as oldest
				from ${deliveries}
				where settled_at is null
				group by platform
				order by platform`.execute(db);
			return rows.map(({ platform, waiting, oldest }) => ({ platform, waiting, oldestWaitSeconds: oldest }));
		},
		wake: (platform, channel) => wakeDeliveries(db, platform, channel),
		resume: (owner) => resumeDeliveries(db, owner),
		nextInMs: async () => {
			const { rows } = await sql<{ ms: number | null }>`
				select ceil(${secondsUntilNext} * 1000)::bigint as ms from ${waitingInChannels}`.execute(db);
			const ms = rows[0]?.ms ?? undefined;
			return ms === undefined ? undefined : Math.max(0, ms);
		},
	};
}

type TroubledRow = {
	readonly platform: string;
	readonly channel: string;
	readonly problem: string;
	readonly waiting: number;
	readonly since: Date;
	readonly next: number;
};

type WaitingRow = {
	readonly platform: string;
	readonly waiting: number;
	readonly oldest: number;
};

/** Nothing more is wanted, unless the wish came anew since the claim: that one is due at once. */
async function close(
	db: Database,
	delivery: Delivery,
	outcome: Exclude<DeliveryOutcome, { readonly kind: "later" }>,
): Promise<void> {
	const reason = outcome.kind === "dropped" ? cleanText(outcome.reason) : null;
	await sql`
		with closed as (
			update ${deliveries} set
				owner = null,
				held_until = '-infinity',
				attempts = 0,
				due_at = clock_timestamp(),
				message = case when wanted <> claimed_wanted then message end,
				problem = case when wanted = claimed_wanted then ${reason}::text end,
				problem_since = null,
				settled_at = case when wanted = claimed_wanted then clock_timestamp() end
			where ${isClaimOf(delivery)}
			returning number
		)
		update ${channels} as channel set busy_with = null, busy_until = '-infinity'
		from closed
		where ${isChannelOf(delivery)} and busy_with = closed.number`.execute(db);
}

/**
 * Where the whole channel is held, the delivery keeps its place in the queue. A wish that came meanwhile does not
 * wait where the delay has no problem for its reason.
 */
async function postpone(
	db: Database,
	delivery: Delivery,
	{ afterSeconds, problem, holdsChannel = false }: Extract<DeliveryOutcome, { readonly kind: "later" }>,
): Promise<void> {
	const sentence = problem === undefined ? null : cleanText(problem);
	const then = sql`clock_timestamp() + make_interval(secs => ${afterSeconds})`;
	await sql`
		with postponed as (
			update ${deliveries} set
				owner = null,
				held_until = '-infinity',
				due_at = case
					when ${holdsChannel} then due_at
					when wanted <> claimed_wanted and ${sentence}::text is null then clock_timestamp()
					else ${then}
				end,
				problem = ${sentence}::text,
				problem_since = case
					when ${sentence}::text is not null then coalesce(problem_since, clock_timestamp())
				end
			where ${isClaimOf(delivery)}
			returning number
		)
		update ${channels} as channel set
			busy_with = case when busy_with <> postponed.number then busy_with end,
			busy_until = case when busy_with = postponed.number then '-infinity' else busy_until end,
			held_until = case when ${holdsChannel} then greatest(held_until, ${then}) else held_until end
		from postponed
		where ${isChannelOf(delivery)}`.execute(db);
}

function isClaimOf({ subject, conversation, wanted, attempts }: Delivery) {
	return sql<boolean>`subject = ${subject} and platform = ${conversation.platform}
		and conversation = ${conversation.id} and owner is not null
		and claimed_wanted = ${wanted} and attempts = ${attempts}`;
}

function isChannelOf({ conversation, channel }: Delivery) {
	return sql<boolean>`channel.platform = ${conversation.platform} and channel.channel = ${channel}`;
}
