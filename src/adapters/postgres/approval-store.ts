import { type Selectable, sql } from "kysely";
import { personOf } from "../../domain/actor.ts";
import { type Approval, type ApprovalStatus, canMove } from "../../domain/approval.ts";
import { AppError } from "../../domain/errors.ts";
import { Plan } from "../../domain/plan.ts";
import type { ApprovalStore } from "../../ports/store.ts";
import { decisionsOf, insertDecision } from "./decisions.ts";
import { type Database, withinTransaction } from "./open-database.ts";
import { startOf, toPage } from "./page.ts";
import { fromId } from "./public-id.ts";
import { toApproval, toApprovalRow } from "./read-approval.ts";
import { findMerged } from "./read-person.ts";
import type { Tables } from "./tables.ts";
import { toTime } from "./times.ts";
import { toJson } from "./to-json.ts";

type ApprovalRow = Selectable<Tables["approvals"]>;

/** Approvals in Postgres. Lists are by id, newest first; `target` is the name or id of a target of the plan. */
export function createApprovalStore(db: Database): ApprovalStore {
	const find = (id: string) =>
		db
			.selectFrom("approvals")
			.selectAll()
			.where("number", "=", fromId("A", id) ?? 0);
	const withDecisions = async (row: ApprovalRow | undefined): Promise<Approval | undefined> =>
		(await toApprovals(db, row ? [row] : []))[0];
	return {
		create: async (approval) => {
			const row = await db
				.insertInto("approvals")
				.values({ ...toApprovalRow(approval), version: 1 })
				.returningAll()
				.executeTakeFirstOrThrow();
			return toApproval(row, []);
		},
		get: async (id) => withDecisions(await find(id).executeTakeFirst()),
		getForUpdate: async (id) => withDecisions(await find(id).forUpdate().executeTakeFirst()),
		addDecision: (approvalId, decision) =>
			withinTransaction(db, async (transaction) => {
				const { numUpdatedRows } = await transaction
					.updateTable("approvals")
					.set({ version: sql`version + 1` })
					.where("number", "=", fromId("A", approvalId) ?? 0)
					.executeTakeFirst();
				if (numUpdatedRows === 0n)
					throw new AppError("not_found", `There is no request ${approvalId}; look it up again.`);
				await insertDecision(transaction, fromId("A", approvalId) ?? 0, decision);
			}),
		move: async (id, from, to, end) => {
			if (!canMove(from, to))
				throw new AppError("invalid", `A request can't go from ${from} to ${to}; read its state again.`);
			const { numUpdatedRows } = await db
				.updateTable("approvals")
				.set({
					status: to,
					version: sql`version + 1`,
					...(end ? { outcome: end.outcome, ended_at: toTime(end.endedAtMs) } : {}),
				})
				.where("number", "=", fromId("A", id) ?? 0)
				.where("status", "=", from)
				.executeTakeFirst();
			return numUpdatedRows === 1n;
		},
		setPreflight: async (id, preflight) => {
			const number = fromId("A", id) ?? 0;
			const { numUpdatedRows } = await db
				.updateTable("approvals")
				.set({ preflight: toJson(preflight), version: sql`version + 1` })
				.where("number", "=", number)
				.where("status", "in", ["proposed", "partly_approved"])
				.executeTakeFirst();
			if (numUpdatedRows === 1n) return;
			throw (await find(id).executeTakeFirst())
				? new AppError("conflict", `${id} waits for no decision any more, so nothing was kept.`)
				: new AppError("not_found", `There is no request ${id}; look it up again.`);
		},
		list: async ({ status, incidentId, target, sinceMs }, page) => {
			const { before, rows } = startOf("A", page);
			let query = db.selectFrom("approvals").selectAll().orderBy("number", "desc").limit(rows);
			if (before !== undefined) query = query.where("number", "<", before);
			if (status !== undefined)
				query = query.where("status", "=", sql<ApprovalStatus>`any(${[...status]}::text[])`);
			if (incidentId !== undefined)
				query = query.where("incident_number", "=", fromId("INC", incidentId) ?? 0);
			if (target !== undefined) query = query.where(sql<boolean>`targets @> array[${target}]::text[]`);
			if (sinceMs !== undefined) query = query.where("created_at", ">=", toTime(sinceMs));
			const { items, next } = toPage(
				"A",
				page,
				await query.execute(),
				(row) => row.number,
				(row) => row,
			);
			return {
				items: await toApprovals(db, items.filter(isReadable)),
				...(next === undefined ? {} : { next }),
			};
		},
	};
}

/**
 * A row whose plan can't be read is no reason to show and expire none of the others: it is left out of lists, and says
 * what is wrong where it is asked for by its id.
 */
function isReadable(row: ApprovalRow): boolean {
	return Plan.safeParse(row.plan).success;
}

/** The requests of rows with their decisions; requesters who were merged since are shown as who they are now. */
async function toApprovals(db: Database, rows: readonly ApprovalRow[]): Promise<readonly Approval[]> {
	const decisions = await decisionsOf(
		db,
		rows.map((row) => row.number),
	);
	const merged = await findMerged(
		db,
		rows.flatMap((row) => personOf(row.requester)?.id ?? []),
	);
	return rows.map((row) => {
		const approval = toApproval(row, decisions.get(row.number) ?? []);
		const { requester } = approval;
		if (requester.kind !== "person" && requester.kind !== "api-key") return approval;
		const person = { ...requester.person, ...merged.get(requester.person.id) };
		return { ...approval, requester: { ...requester, person } };
	});
}
