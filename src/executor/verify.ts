import type { Approval } from "../domain/approval.ts";
import type { Execution } from "../domain/execution.ts";
import type { VerificationVerdict } from "../domain/verification.ts";
import { checkHelp } from "./check-help.ts";
import { endApproval } from "./end-approval.ts";
import type { ExecutorDeps } from "./executor-deps.ts";
import { rollBack } from "./roll-back.ts";
import { withLease } from "./with-lease.ts";

/**
 * Watches the metric of a run and its guards until it is judged, then ends the request. Idempotent; after a crash it goes on with
 * the times that are stored.
 */
export async function verify(
	deps: ExecutorDeps,
	approvalId: string,
	wait: (ms: number) => Promise<void>,
): Promise<void> {
	await withLease(deps, `execution:${approvalId}`, async () => {
		for (;;) {
			const approval = await deps.store.approvals.get(approvalId);
			const execution = await deps.store.executions.ofApproval(approvalId);
			if (approval?.status !== "verifying" || !execution) return;
			const { verification: spec, guards } = approval.plan;
			if (!spec && guards.length === 0) {
				const outcome = execution.result ?? approval.plan.summary;
				await endApproval(deps, approval, { from: "verifying", to: "succeeded", outcome });
				return;
			}
			const verdict = await check(deps, approval, execution);
			if (verdict.verdict !== "pending") {
				await conclude(deps, approval, execution, verdict, wait);
				return;
			}
			await wait(Math.min((spec?.intervalSeconds ?? 2) * 1000, 2000));
		}
	});
}

async function check(
	deps: ExecutorDeps,
	approval: Approval,
	execution: Execution,
): Promise<VerificationVerdict> {
	const verdict = await checkHelp(deps, approval, execution);
	const checkedAtMs = await deps.store.now();
	await deps.store.executions.save({ ...execution, verification: { ...verdict, checkedAtMs } });
	await deps.store.enqueue("publish-approval", { approvalId: approval.id }, { singleton: approval.id });
	await deps.store.announce({ kind: "approval", id: approval.id });
	deps.jobs.nudge("publish-approval");
	return verdict;
}

async function conclude(
	deps: ExecutorDeps,
	approval: Approval,
	execution: Execution,
	verdict: VerificationVerdict,
	wait: (ms: number) => Promise<void>,
): Promise<void> {
	if (verdict.verdict === "helped") {
		const outcome = `Verified: ${verdict.reason}.`;
		await endApproval(deps, approval, { from: "verifying", to: "succeeded", outcome });
		return;
	}
	deps.failpoint("verification-failed");
	const { remediation: name } = approval.plan;
	const remediation = deps.remediations.find((item) => item.name === name);
	if (remediation?.reversal === "rollback") {
		await rollBack(deps, approval, execution, remediation, verdict.reason, wait);
		return;
	}
	await endApproval(deps, approval, { from: "verifying", to: "failed", outcome: failedText(verdict) });
}

function failedText({ verdict, reason, notShown }: VerificationVerdict): string {
	if (notShown) return `It ran, but ${reason}. It is not repeated; look at the target.`;
	if (verdict === "worse")
		return `It ran and made things worse: ${reason}. There is no way back; look at the target.`;
	return `It ran and did not help: ${reason}. It is not repeated; the cause is elsewhere.`;
}
