import type { Selectable } from "kysely";
import type { Approval, Decision } from "../../domain/approval.ts";
import { AppError } from "../../domain/errors.ts";
import { Plan } from "../../domain/plan.ts";
import { present } from "./present.ts";
import { fromId, toId } from "./public-id.ts";
import type { Tables } from "./tables.ts";
import { toTime, toTimeOrNull } from "./times.ts";
import { toJson } from "./to-json.ts";

/** The approval of a row. A plan that does not fit its schema is AppError `internal`: it must not be acted on. */
export function toApproval(row: Selectable<Tables["approvals"]>, decisions: readonly Decision[]): Approval {
	const id = toId("A", row.number);
	const plan = Plan.safeParse(row.plan);
	if (!plan.success)
		throw new AppError("internal", `The plan of ${id} can't be read; ask for a new one.`, {
			detail: plan.error.message,
		});
	const incidentId = row.incident_number === null ? undefined : toId("INC", row.incident_number);
	return {
		id,
		status: row.status,
		...present({ incidentId }),
		plan: plan.data,
		planHash: row.plan_hash,
		requester: row.requester,
		rule: row.rule,
		createdAtMs: row.created_at.getTime(),
		expiresAtMs: row.expires_at.getTime(),
		decisions,
		...present({ preflight: row.preflight, outcome: row.outcome, endedAtMs: row.ended_at?.getTime() }),
		version: row.version,
	};
}

/** The row of an approval without what the store gives. */
export function toApprovalRow(approval: Omit<Approval, "id" | "version" | "decisions">) {
	const { status, incidentId, plan, planHash, requester, rule } = approval;
	return {
		status,
		incident_number: incidentId === undefined ? null : (fromId("INC", incidentId) ?? 0),
		plan: toJson(plan),
		plan_hash: planHash,
		targets: [...new Set(plan.targets.flatMap((target) => [target.name, target.id]))],
		requester: toJson(requester),
		rule: toJson(rule),
		created_at: toTime(approval.createdAtMs),
		expires_at: toTime(approval.expiresAtMs),
		preflight: approval.preflight ? toJson(approval.preflight) : null,
		outcome: approval.outcome ?? null,
		ended_at: toTimeOrNull(approval.endedAtMs),
	};
}
