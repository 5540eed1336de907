import type { Approval, ApprovalStatus } from "../domain/approval.ts";
import type { Stores } from "../ports/store.ts";
import type { ExecutorDeps } from "./executor-deps.ts";

/** Queues the edit of every message that shows this request. */
export async function enqueuePublish(stores: Stores, approval: Approval): Promise<void> {
	await stores.enqueue("publish-approval", { approvalId: approval.id });
	await stores.announce({ kind: "approval", id: approval.id });
}

/**
 * Moves a request to one of its ends, with audit and publication in the same transaction. Idempotent: a request that
 * is no longer in `from` stays as it is.
 */
export async function endApproval(
	deps: ExecutorDeps,
	approval: Approval,
	from: ApprovalStatus,
	to: ApprovalStatus,
	outcome: string,
): Promise<void> {
	await deps.store.transaction(async (stores) => {
		const endedAtMs = await stores.now();
		if (!(await stores.approvals.move(approval.id, from, to, { outcome, endedAtMs }))) return;
		await stores.audit.append({
			action: `approval.${to}`,
			actorId: "system:executor",
			actorName: "executor",
			subject: `approval:${approval.id}`,
			summary: outcome,
			data: {
				planHash: approval.planHash,
				...(approval.incidentId ? { incident: approval.incidentId } : {}),
			},
		});
		await enqueuePublish(stores, approval);
	});
	deps.failpoint("approval-ended");
	deps.jobs.nudge("publish-approval");
}
