import type { Approval, ApprovalStatus } from "../domain/approval.ts";
import type { JobName } from "../ports/job-queue.ts";
import type { ExecutorDeps } from "./executor-deps.ts";

/**
 * Queues again whatever waits for its check, is approved, running or being verified: the way back after a crash,
 * whatever the queue remembers. Idempotent, because executing and verifying are. What people approved comes first: a
 * proposal that can't be read, which anybody with the agent's user could leave, keeps none of it waiting.
 */
export async function recover(deps: ExecutorDeps): Promise<void> {
	await recoverThose(deps, ["approved", "executing", "verifying"]);
	await recoverThose(deps, ["proposed"]);
}

async function recoverThose(deps: ExecutorDeps, status: readonly ApprovalStatus[]): Promise<void> {
	let cursor: string | undefined;
	do {
		const page = await deps.store.approvals.list(
			{ status },
			{ limit: 200, ...(cursor === undefined ? {} : { cursor }) },
		);
		for (const approval of page.items) {
			const job = jobFor(approval);
			if (!job) continue;
			const approvalId = approval.id;
			await deps.store.enqueue(job, { approvalId }, { singleton: approvalId });
			deps.jobs.nudge(job);
		}
		cursor = page.next;
	} while (cursor !== undefined);
}

function jobFor({ status, preflight }: Approval): JobName | undefined {
	if (status === "proposed") return preflight?.state === "pending" ? "check-approval" : undefined;
	return status === "verifying" ? "verify-execution" : "execute-approval";
}
