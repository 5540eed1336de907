import { sql } from "kysely";
import type { Database } from "./open-database.ts";
import { toId } from "./public-id.ts";

/** A reason that somebody gave after their decision. */
type ToldReason = {
	readonly approvalNumber: number;
	readonly personId: string;
	readonly verdict: string;
	readonly reason: string;
};

/**
 * The reasons that were told after decisions on some requests, oldest first. A decision's own row never changes; what is
 * told later stands in the audit alone.
 */
export async function toldReasons(
	db: Database,
	approvalNumbers: readonly number[],
): Promise<readonly ToldReason[]> {
	const numbers = new Map(approvalNumbers.map((number) => [`approval:${toId("A", number)}`, number]));
	const rows = await db
		.selectFrom("audit_records")
		.select([
			"subject",
			"actor_id",
			sql<string | null>`data->>'verdict'`.as("verdict"),
			sql<string | null>`data->>'reason'`.as("reason"),
		])
		.where("subject", "in", [...numbers.keys()])
		.where("action", "=", "approval.decision_explained")
		.orderBy("sequence")
		.execute();
	return rows.map(({ subject, actor_id, verdict, reason }) => ({
		approvalNumber: numbers.get(subject) ?? 0,
		personId: actor_id.replace(/^person:/, ""),
		verdict: verdict ?? "",
		reason: reason ?? "",
	}));
}
