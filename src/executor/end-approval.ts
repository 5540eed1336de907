import type { Approval, ApprovalStatus } from "../domain/approval.ts";
import type { Execution } from "../domain/execution.ts";
import { isoTimes } from "../domain/time-text.ts";
import type { Stores } from "../ports/store.ts";
import type { ExecutorDeps } from "./executor-deps.ts";

/** How a request ends: from which state, as what, and why in a sentence. */
export type Ending = { readonly from: ApprovalStatus; readonly to: ApprovalStatus; readonly outcome: string };

/** Queues the edit of every message that shows this request. */
export async function enqueuePublish(stores: Stores, approval: Approval): Promise<void> {
	await stores.enqueue("publish-approval", { approvalId: approval.id });
	await stores.announce({ kind: "approval", id: approval.id });
}

/**
 * Moves a request to one of its ends inside the caller's transaction, with audit and publication, and saves its run
 * where one is given. Idempotent: a request that is no longer in `from` stays as it is, and so does its run; then false.
 */
export async function endWithin(
	stores: Stores,
	approval: Approval,
	{ from, to, outcome }: Ending,
	execution?: Execution,
): Promise<boolean> {
	const endedAtMs = await stores.now();
	if (!(await stores.approvals.move(approval.id, from, to, { outcome, endedAtMs }))) return false;
	if (execution) await stores.executions.save(execution);
	await stores.audit.append({
		action: `approval.${to}`,
		actorId: "system:executor",
		actorName: "executor",
		subject: `approval:${approval.id}`,
		summary: isoTimes(outcome),
		data: {
			planHash: approval.planHash,
			...(approval.incidentId ? { incident: approval.incidentId } : {}),
		},
	});
	await enqueuePublish(stores, approval);
	return true;
}

/** As `endWithin`, in a transaction of its own. */
export async function endApproval(
	deps: ExecutorDeps,
	approval: Approval,
	ending: Ending,
	execution?: Execution,
): Promise<void> {
	const ended = await deps.store.transaction((stores) => endWithin(stores, approval, ending, execution));
	if (ended) deps.logger.info(`${approval.id}: ${approval.plan.title}: ${isoTimes(ending.outcome)}`);
	afterEnd(deps);
}

/** What follows the commit of an end. */
export function afterEnd(deps: ExecutorDeps): void {
	deps.failpoint("approval-ended");
	deps.jobs.nudge("publish-approval");
}
