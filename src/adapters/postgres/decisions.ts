import type { Decision } from "../../domain/approval.ts";
import { AppError } from "../../domain/errors.ts";
import { redactText } from "../../domain/redact.ts";
import type { Database } from "./open-database.ts";
import { present } from "./present.ts";
import { findMerged } from "./read-person.ts";
import { toTime } from "./times.ts";
import { toldReasons } from "./told-reasons.ts";

/**
 * Keeps one person's word on one request, whose row the caller has locked. AppError `conflict` for a second approval
 * by the same person, also through an account that was linked since. Secrets in the reason are not kept.
 */
export async function insertDecision(
	db: Database,
	approvalNumber: number,
	decision: Decision,
): Promise<void> {
	const { person, verdict, reason, atMs } = decision;
	const earlier = (await decisionsOf(db, [approvalNumber])).get(approvalNumber) ?? [];
	const personId = (await findMerged(db, [person.id])).get(person.id)?.id ?? person.id;
	const repeated = earlier.some((one) => one.verdict === "approve" && one.person.id === personId);
	if (verdict === "approve" && repeated) throw alreadyCounted();
	const { numInsertedOrUpdatedRows } = await db
		.insertInto("decisions")
		.values({
			approval_number: approvalNumber,
			person_id: person.id,
			person_name: person.name,
			person_role: person.role,
			verdict,
			reason: reason === undefined ? null : redactText(reason),
			decided_at: toTime(atMs),
		})
		.onConflict((conflict) => conflict.doNothing())
		.executeTakeFirst();
	if (numInsertedOrUpdatedRows === 0n) throw alreadyCounted();
}

function alreadyCounted(): AppError {
	return new AppError("conflict", "Your approval is already counted; another person is needed.");
}

/**
 * The decisions of some requests in the order they were made, by the request's number. Who was merged into another
 * person since is shown as that person, so that linked accounts count once; the role stays that of the decision. A reason that
 * was told later is read with the decision it belongs to.
 */
export async function decisionsOf(
	db: Database,
	approvalNumbers: readonly number[],
): Promise<ReadonlyMap<number, readonly Decision[]>> {
	if (approvalNumbers.length === 0) return new Map();
	const rows = await db
		.selectFrom("decisions")
		.selectAll()
		.where("approval_number", "in", approvalNumbers)
		.orderBy("number")
		.execute();
	const told = rows.some((row) => row.reason === null) ? await toldReasons(db, approvalNumbers) : [];
	const merged = await findMerged(db, [...rows, ...told].map(personIdOf));
	const personOf = (id: string) => merged.get(id)?.id ?? id;
	/** The newest reason counts, whichever account of the person told it. */
	const toldFor = (row: (typeof rows)[number]) =>
		told.findLast(
			(one) =>
				one.approvalNumber === row.approval_number &&
				one.verdict === row.verdict &&
				personOf(one.personId) === personOf(row.person_id),
		)?.reason ?? null;
	const grouped = Map.groupBy(rows, (row) => row.approval_number);
	return new Map(
		[...grouped].map(([number, group]) => [
			number,
			group.map((row) => ({
				person: {
					id: row.person_id,
					name: row.person_name,
					role: row.person_role,
					...merged.get(row.person_id),
				},
				verdict: row.verdict,
				...present({ reason: row.reason ?? toldFor(row) }),
				atMs: row.decided_at.getTime(),
			})),
		]),
	);
}

function personIdOf(one: { readonly person_id: string } | { readonly personId: string }): string {
	return "person_id" in one ? one.person_id : one.personId;
}
