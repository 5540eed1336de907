import { hashOf } from "../../../src/adapters/postgres/audit-record.ts";
import { recordText } from "../../../src/domain/audit-anchor.ts";
import { AUDIT_GENESIS, type AuditRecord, type AuditSeal } from "../../../src/domain/audit-event.ts";
import type { AuditSigner } from "../../../src/ports/audit-vault.ts";
import type { Dice } from "../dice.ts";
import type { AuditContent } from "./audit-tables.ts";

/** What somebody made of the audit, and the first record that is not as it was. */
type Tampered = AuditContent & { readonly brokenAt: number };

/** A way to tamper. `foreign` signs with a key of the attacker's own. */
export type Tamper = (content: AuditContent, dice: Dice, foreign: AuditSigner) => Tampered;

type Records = AuditContent["records"];

const flip = (text: string, dice: Dice) => {
	const at = dice.whole(0, text.length - 1);
	return text.slice(0, at) + (text[at] === "a" ? "b" : "a") + text.slice(at + 1);
};

const FIELDS: Readonly<Record<string, (record: AuditRecord, dice: Dice) => AuditRecord>> = {
	action: (record) => ({ ...record, action: "approval.denied" }),
	"actor id": (record) => ({ ...record, actorId: "person:P-666" }),
	"actor name": (record) => ({ ...record, actorName: `${record.actorName} ` }),
	subject: (record) => ({ ...record, subject: `${record.subject}0` }),
	summary: (record, dice) => ({ ...record, summary: flip(record.summary, dice) }),
	data: (record) => ({ ...record, data: { ...record.data, count: -1 } }),
	"data, one more member": (record) => ({ ...record, data: { ...record.data, added: null } }),
	time: (record, dice) => ({ ...record, atMs: record.atMs + dice.pick([-1, 1, 3_600_000]) }),
	hash: (record, dice) => ({ ...record, hash: flip(record.hash, dice) }),
	"previous hash": (record, dice) => ({ ...record, previousHash: flip(record.previousHash, dice) }),
	signature: (record, dice) => ({ ...record, signature: flip(record.signature?.slice(0, 80) ?? "", dice) }),
};

const TAKEN_SEALS = [
	"without a signature",
	"signed with a foreign key",
	"with the signature of another record",
];

/** Seals records anew from an index on, each behind the one before it, so that all hashes fit. */
function reseal(
	records: Records,
	from: number,
	to: number,
	sign: (record: AuditRecord) => AuditRecord,
): Records {
	const out = [...records];
	for (let index = from; index < to; index += 1) {
		const previous: AuditSeal = out[index - 1] ?? { hash: AUDIT_GENESIS };
		const record = { ...(out[index] as AuditRecord), sequence: index + 1, previousHash: previous.hash };
		out[index] = sign({ ...record, hash: hashOf(record, previous) });
	}
	return out;
}

const bare = (record: AuditRecord): AuditRecord => ({ ...record, key: undefined, signature: undefined });

/** How an attacker without the key may sign. */
function signingOf(dice: Dice, foreign: AuditSigner, records: Records): (record: AuditRecord) => AuditRecord {
	const how = dice.pick(["kept", ...TAKEN_SEALS]);
	if (how === "without a signature") return bare;
	if (how === "signed with a foreign key")
		return (record) => ({ ...record, key: foreign.key, signature: foreign.sign(recordText(record)) });
	const other = dice.pick(records);
	if (how === "kept") return (record) => ({ ...other, ...record });
	return (record) => ({
		...bare(record),
		...(other.key && other.signature ? { key: other.key, signature: other.signature } : {}),
	});
}

const headOf = (records: Records): AuditContent["head"] => {
	const last = records.at(-1);
	if (!last) return { sequence: 0, hash: AUDIT_GENESIS };
	const { sequence, hash, key, signature } = last;
	return { sequence, hash, ...(key && signature ? { key, signature } : {}) };
};

const forged = (record: AuditRecord): AuditRecord => ({ ...record, summary: "nothing happened" });

const with1 = (records: Records, index: number, change: (record: AuditRecord) => AuditRecord): Records =>
	records.map((record, at) => (at === index ? change(record) : record));

/** Every way in which the audit is tampered with, by its name. */
export const TAMPERS: Readonly<Record<string, Tamper>> = {
	...Object.fromEntries(
		Object.entries(FIELDS).map(([field, change]): [string, Tamper] => [
			`a changed ${field}`,
			({ records, head }, dice) => {
				const index = dice.whole(0, records.length - 1);
				return {
					head,
					records: with1(records, index, (record) => change(record, dice)),
					brokenAt: index + 1,
				};
			},
		]),
	),
	"a signature taken away": ({ records, head }, dice) => {
		const index = dice.whole(0, records.length - 1);
		return { head, records: with1(records, index, bare), brokenAt: index + 1 };
	},
	"another trusted key named": ({ records, head }, dice) => {
		const index = dice.whole(0, records.length - 1);
		const other = records.find(({ key }) => key !== records[index]?.key)?.key ?? "";
		return {
			head,
			records: with1(records, index, (record) => ({ ...record, key: other })),
			brokenAt: index + 1,
		};
	},
	"records dropped": ({ records, head }, dice) => {
		const from = dice.whole(0, records.length - 1);
		const kept = records.toSpliced(from, dice.pick([1, 1, 2, 5]));
		return { head, records: kept, brokenAt: from + 1 };
	},
	"two records exchanged": ({ records, head }, dice) => {
		const first = dice.whole(0, records.length - 2);
		const second = dice.pick([first + 1, dice.whole(first + 1, records.length - 1)]);
		const [one, other] = [records[first] as AuditRecord, records[second] as AuditRecord];
		const swapped = records.map((record, at) =>
			at === first
				? { ...other, sequence: one.sequence }
				: at === second
					? { ...one, sequence: other.sequence }
					: record,
		);
		return { head, records: swapped, brokenAt: first + 1 };
	},
	"a record put in between": ({ records, head }, dice, foreign) => {
		const index = dice.whole(0, records.length - 1);
		const sign = signingOf(dice, foreign, records);
		const grown = reseal(records.toSpliced(index, 0, forged(dice.pick(records))), index, index + 1, sign);
		return {
			head: head && { ...head, sequence: head.sequence + 1 },
			records: grown.map((record, at) => ({ ...record, sequence: at + 1 })),
			brokenAt: index + 1,
		};
	},
	"a record added at the end": ({ records, head }, dice, foreign) => {
		const sign = signingOf(dice, foreign, records);
		const { length } = records;
		const grown = reseal([...records, forged(dice.pick(records))], length, length + 1, sign);
		return { head: dice.chance(0.7) ? headOf(grown) : head, records: grown, brokenAt: length + 1 };
	},
	"the end cut off, the head fitted": ({ records }, dice) => {
		const kept = records.slice(0, dice.whole(0, records.length - 1));
		return { head: headOf(kept), records: kept, brokenAt: kept.length + 1 };
	},
	"the end cut off": ({ records, head }, dice) => {
		const kept = records.slice(0, dice.whole(0, records.length - 1));
		return { head, records: kept, brokenAt: kept.length + 1 };
	},
	"the end cut off and made up anew": ({ records }, dice, foreign) => {
		const from = dice.whole(0, records.length - 1);
		const made = records.map((record, at) => (at < from ? record : forged(record)));
		const sealed = reseal(made, from, made.length, signingOf(dice, foreign, records));
		return { head: headOf(sealed), records: sealed, brokenAt: from + 1 };
	},
	"a changed record, the chain sealed anew behind it": ({ records }, dice, foreign) => {
		const index = dice.whole(0, records.length - 1);
		const changed = with1(records, index, forged);
		const sealed = reseal(changed, index, changed.length, signingOf(dice, foreign, records));
		return { head: headOf(sealed), records: sealed, brokenAt: index + 1 };
	},
	"a changed record, the chain sealed anew for a while": ({ records, head }, dice, foreign) => {
		const index = dice.whole(0, records.length - 2);
		const changed = with1(records, index, forged);
		const to = dice.whole(index + 1, records.length - 1);
		return {
			head,
			records: reseal(changed, index, to, signingOf(dice, foreign, records)),
			brokenAt: index + 1,
		};
	},
	"a head that reaches too far": ({ records, head }) => ({
		head: head && { ...head, sequence: head.sequence + 1 },
		records,
		brokenAt: records.length + 1,
	}),
	"a head with another hash": ({ records, head }, dice) => ({
		head: head && { ...head, hash: flip(head.hash, dice) },
		records,
		brokenAt: records.length,
	}),
	"a head with another signature": ({ records, head }, dice) => ({
		head: head && { ...head, ...dice.pick([{ signature: "x" }, { key: "x" }]) },
		records,
		brokenAt: records.length,
	}),
	"a head set back": ({ records }, dice) => {
		const to = dice.whole(0, records.length - 1);
		return { head: headOf(records.slice(0, to)), records, brokenAt: to + 1 };
	},
	"a head taken away": ({ records }) => ({ head: undefined, records, brokenAt: records.length }),
};
