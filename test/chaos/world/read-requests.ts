import type { ApprovalStatus } from "../../../src/domain/approval.ts";
import type { AuditRow, Request, Span } from "../evidence.ts";
import type { ChaosDatabase, Row } from "./database.ts";

/** A request as it stands in the database, by the name of its target. */
export type StoredRequest = Omit<Request, "cards"> & { readonly targets: readonly string[] };

/** Every request made after `afterNumber`, with decisions, run and audit. SQL of our own: no code of the product. */
export async function readRequests(
	database: ChaosDatabase,
	afterNumber: number,
): Promise<readonly StoredRequest[]> {
	const [approvals, decisions, executions, audit] = await Promise.all([
		database.query("select * from smartcloudops.approvals where number > $1 order by number", [afterNumber]),
		database.query("select * from smartcloudops.decisions where approval_number > $1 order by number", [
			afterNumber,
		]),
		database.query("select * from smartcloudops.executions where approval_number > $1", [afterNumber]),
		database.query(
			"select * from smartcloudops.audit_records where subject like 'approval:A-%' and split_part(subject, '-', 2)::bigint > $1 order by sequence",
			[afterNumber],
		),
	]);
	return approvals.map((row) => {
		const number = Number(row.number);
		const id = `A-${number}`;
		const execution = executions.find((one) => Number(one.approval_number) === number);
		return {
			id,
			status: row.status as ApprovalStatus,
			requesterId: requesterOf(row),
			createdAtMs: timeOf(row.created_at),
			expiresAtMs: timeOf(row.expires_at),
			endedAtMs: row.ended_at === null ? undefined : timeOf(row.ended_at),
			outcome: typeof row.outcome === "string" ? row.outcome : "",
			targets: row.targets as readonly string[],
			decisions: decisions
				.filter((one) => Number(one.approval_number) === number)
				.map((one) => ({
					personId: String(one.person_id),
					verdict: one.verdict as "approve" | "deny",
					atMs: timeOf(one.decided_at),
				})),
			execution: execution && {
				status: String(execution.status),
				intendedAtMs: timeOf(execution.intended_at),
			},
			audit: audit.filter((one) => one.subject === `approval:${id}`).map(toAuditRow),
		};
	});
}

/** The number of the newest request; 0 where there is none. */
export async function newestRequest(database: ChaosDatabase): Promise<number> {
	const [row] = await database.query(
		"select coalesce(max(number), 0) as newest from smartcloudops.approvals",
	);
	return Number(row?.newest);
}

/** When effects on a target were frozen, by its name. */
export async function readFreezes(database: ChaosDatabase): Promise<ReadonlyMap<string, readonly Span[]>> {
	const rows = await database.query("select * from smartcloudops.freezes order by number");
	const spans = rows.map((row) => ({
		target: String((row.scope as { readonly target?: string }).target),
		fromMs: timeOf(row.created_at),
		untilMs: row.lifted_at === null ? Number.POSITIVE_INFINITY : timeOf(row.lifted_at),
	}));
	return Map.groupBy(spans, ({ target }) => target);
}

function toAuditRow(row: Row): AuditRow {
	return {
		sequence: Number(row.sequence),
		atMs: timeOf(row.at),
		action: String(row.action),
		actorId: String(row.actor_id),
		data: row.data as AuditRow["data"],
	};
}

function requesterOf({ requester }: Row): string {
	const { person } = requester as { readonly person?: { readonly id: string } };
	return person?.id ?? "";
}

function timeOf(value: unknown): number {
	return value instanceof Date ? value.getTime() : Number.NaN;
}
