import { hash } from "node:crypto";
import { sql } from "kysely";
import type { InboxEntry } from "../../domain/inbox-entry.ts";
import type { InboxStore } from "../../ports/chat-stores.ts";
import { cleanText } from "./clean-text.ts";
import { countInbox } from "./count-inbox.ts";
import { createEntryFinisher, type FinishedEntry, finishAll } from "./finish-entries.ts";
import { storeSchema } from "./names.ts";
import type { Database } from "./open-database.ts";

const inbox = sql.table(`${storeSchema}.inbox`);

/**
 * The inbox in Postgres. Keys of more than 500 characters are kept as their SHA-256: an index entry is bounded. A
 * payload without a JSON form (it contains itself, or nests thousands deep) is kept as null, so that one entry never
 * fails those it came with. Holds are judged by the database's clock; what its owner never finishes is claimed anew.
 */
export function createInboxStore(db: Database): InboxStore {
	const finish = db.isTransaction
		? (entry: FinishedEntry) => finishAll(db, [entry])
		: createEntryFinisher(db);
	return {
		accept: (entries, owner, holdSeconds) => insertEntries(db, entries.map(toKept), owner, holdSeconds),
		claim: async (owner, limit, holdSeconds) => {
			const { rows } = await sql<ClaimedRow>`
				with waiting as materialized (
					select number from ${inbox}
					where finished_at is null and held_until <= (select clock_timestamp())
					order by number
					limit ${limit}
					for update skip locked
				), claimed as (
					update ${inbox} as entry set
						owner = ${owner},
						held_until = clock_timestamp() + make_interval(secs => ${holdSeconds}),
						attempts = attempts + 1
					from waiting where entry.number = waiting.number
					returning entry.number, platform, key, payload, received_at, attempts
				)
				select * from claimed order by number`.execute(db);
			return rows.map(({ number, platform, key, payload, received_at, attempts }) => ({
				id: String(number),
				platform,
				key,
				payload: JSON.parse(payload) as unknown,
				receivedAtMs: received_at.getTime(),
				attempts,
			}));
		},
		finish: (id, problem) =>
			finish({ number: toNumber(id), problem: problem === undefined ? null : cleanText(problem) }),
		renew: async (ids, owner, holdSeconds) => {
			await db
				.updateTable("inbox")
				.set({ held_until: sql<Date>`clock_timestamp() + make_interval(secs => ${holdSeconds})` })
				.where("number", "in", ids.map(toNumber))
				.where("owner", "=", owner)
				.where("finished_at", "is", null)
				.execute();
		},
		resume: async (owner) => {
			await db
				.updateTable("inbox")
				.set({ owner: null, held_until: sql<Date>`clock_timestamp()` })
				.where("owner", "=", owner)
				.where("finished_at", "is", null)
				.execute();
		},
		release: async (id, afterSeconds) => {
			await db
				.updateTable("inbox")
				.set({
					owner: null,
					held_until: sql<Date>`clock_timestamp() + make_interval(secs => ${afterSeconds})`,
				})
				.where("number", "=", toNumber(id))
				.where("finished_at", "is", null)
				.execute();
		},
		count: () => countInbox(db),
	};
}

type KeptEntry = { readonly platform: string; readonly key: string; readonly payload: string };
type ClaimedRow = KeptEntry & {
	readonly number: number;
	readonly received_at: Date;
	readonly attempts: number;
};

/**
 * One statement for all. Numbers are given in the order of arrival, rows are inserted in the order of their keys:
 * two replicas that take in the same entries at once then wait for each other in one direction only.
 */
async function insertEntries(
	db: Database,
	entries: readonly KeptEntry[],
	owner: string,
	holdSeconds: number,
): Promise<readonly (string | undefined)[]> {
	if (entries.length === 0) return [];
	const { rows } = await sql<{ number: number; platform: string; key: string }>`
		with entry as materialized (
			select nextval(${`${storeSchema}.inbox_number_seq`}::text::regclass) as number, platform, key, payload
			from unnest(
				${entries.map((entry) => entry.platform)}::text[],
				${entries.map((entry) => entry.key)}::text[],
				${entries.map((entry) => entry.payload)}::text[]
			) as entry (platform, key, payload)
		)
		insert into ${inbox} (number, platform, key, payload, attempts, owner, held_until)
		select number, platform, key, payload, 1, ${owner},
			clock_timestamp() + make_interval(secs => ${holdSeconds})
		from entry order by platform, key, number
		on conflict (platform, key) do nothing
		returning number, platform, key`.execute(db);
	const fresh = new Map(rows.map((row) => [placeOf(row), String(row.number)]));
	return entries.map((entry) => {
		const id = fresh.get(placeOf(entry));
		fresh.delete(placeOf(entry));
		return id;
	});
}

/** Cleaned texts hold no U+0000. */
function placeOf({ platform, key }: Pick<KeptEntry, "platform" | "key">): string {
	return `${platform}\0${key}`;
}

const longestKey = 500;

function toKept({ platform, key, payload }: InboxEntry): KeptEntry {
	const clean = cleanText(key);
	return {
		platform: cleanText(platform),
		key: clean.length > longestKey ? hash("sha256", clean, "hex") : clean,
		payload: payloadText(payload),
	};
}

/** JSON escapes what a text column refuses. */
function payloadText(payload: unknown): string {
	try {
		return JSON.stringify(payload) ?? "null";
	} catch {
		return "null";
	}
}

function toNumber(id: string): number {
	return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : 0;
}
