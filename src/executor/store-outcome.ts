import type { Approval } from "../domain/approval.ts";
import type { Execution } from "../domain/execution.ts";
import { endApproval, enqueuePublish } from "./end-approval.ts";
import type { ExecutorDeps } from "./executor-deps.ts";

/** Stores what the call reported and hands the request over to verification. Idempotent. */
export async function storeResult(
	deps: ExecutorDeps,
	approval: Approval,
	execution: Execution,
	result: string,
): Promise<void> {
	await deps.store.transaction(async (stores) => {
		if (!(await stores.approvals.move(approval.id, "executing", "verifying"))) return;
		await stores.executions.save({
			...execution,
			status: "called",
			result,
			finishedAtMs: await stores.now(),
		});
		await stores.audit.append({
			action: "execution.called",
			actorId: "system:executor",
			actorName: "executor",
			subject: `approval:${approval.id}`,
			summary: result,
			data: { execution: execution.id },
		});
		await stores.enqueue("verify-execution", { approvalId: approval.id });
		await enqueuePublish(stores, approval);
	});
	deps.failpoint("result-stored");
	deps.logger.info(`${approval.id}: ${result}`);
	deps.jobs.nudge("verify-execution");
	deps.jobs.nudge("publish-approval");
}

/** Ends a request whose run failed, or was never sent. Idempotent. */
export async function storeFailure(
	deps: ExecutorDeps,
	approval: Approval,
	execution: Execution,
	reason: string,
): Promise<void> {
	const finishedAtMs = await deps.store.now();
	await endApproval(
		deps,
		approval,
		{ from: "executing", to: "failed", outcome: reason },
		{ ...execution, status: "failed", result: reason, finishedAtMs },
	);
}

/** Keeps how far a run is that goes on by itself. Idempotent; nothing is written while the words stay the same. */
export async function storeProgress(
	deps: ExecutorDeps,
	approval: Approval,
	execution: Execution,
	progress: string,
): Promise<void> {
	if (execution.result === progress) return;
	await deps.store.transaction(async (stores) => {
		if ((await stores.approvals.getForUpdate(approval.id))?.status !== "executing") return;
		await stores.executions.save({ ...execution, result: progress });
		await enqueuePublish(stores, approval);
	});
	deps.jobs.nudge("publish-approval");
}
