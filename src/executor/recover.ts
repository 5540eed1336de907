import type { ExecutorDeps } from "./executor-deps.ts";

/**
 * Queues again whatever is approved, running or being verified: the way back after a crash, whatever the queue
 * remembers. Idempotent, because executing and verifying are.
 */
export async function recover(deps: ExecutorDeps): Promise<void> {
	let cursor: string | undefined;
	do {
		const page = await deps.store.approvals.list(
			{ status: ["approved", "executing", "verifying"] },
			{ limit: 200, ...(cursor === undefined ? {} : { cursor }) },
		);
		for (const { id: approvalId, status } of page.items) {
			const job = status === "verifying" ? "verify-execution" : "execute-approval";
			await deps.store.enqueue(job, { approvalId }, { singleton: approvalId });
			deps.jobs.nudge(job);
		}
		cursor = page.next;
	} while (cursor !== undefined);
}
