import type { Approval } from "../domain/approval.ts";
import type { Execution } from "../domain/execution.ts";
import type { VerificationSpec } from "../domain/plan.ts";
import { sameLabels } from "../domain/time-series.ts";
import { judgeVerification, type VerificationVerdict } from "../domain/verification.ts";
import { endApproval } from "./end-approval.ts";
import type { ExecutorDeps } from "./executor-deps.ts";
import { rollBack } from "./roll-back.ts";
import { withLease } from "./with-lease.ts";

/**
 * Watches the metric of a run until it is judged, then ends the request. Idempotent; after a crash it goes on with
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
			const spec = approval.plan.verification;
			if (!spec) {
				const outcome = execution.result ?? approval.plan.summary;
				await endApproval(deps, approval, { from: "verifying", to: "succeeded", outcome });
				return;
			}
			const verdict = await check(deps, approval, execution, spec);
			if (verdict.verdict !== "pending") {
				await conclude(deps, approval, execution, verdict);
				return;
			}
			await wait(Math.min(spec.intervalSeconds * 1000, 2000));
		}
	});
}

async function check(
	deps: ExecutorDeps,
	approval: Approval,
	execution: Execution,
	spec: VerificationSpec,
): Promise<VerificationVerdict> {
	const nowMs = await deps.store.now();
	const startedAtMs = execution.finishedAtMs ?? execution.intendedAtMs;
	const stepMs = spec.intervalSeconds * 1000;
	const series = await deps.metrics
		.range(spec.query, {
			startMs: startedAtMs + stepMs,
			endMs: Math.max(nowMs, startedAtMs + stepMs),
			stepMs,
		})
		.catch((error: unknown) => {
			deps.logger.warn("a verification could not be read", { approval: approval.id, error });
			return [];
		});
	const samples = series.find((item) => sameLabels(item.labels, spec.labels))?.samples ?? [];
	const verdict = judgeVerification(spec, samples, startedAtMs, nowMs);
	await deps.store.executions.save({ ...execution, verification: { ...verdict, checkedAtMs: nowMs } });
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
		await rollBack(deps, approval, execution, remediation, verdict.reason);
		return;
	}
	const outcome = verdict.notShown
		? `It ran, but ${verdict.reason}. It is not repeated; look at the target.`
		: `It ran and did not help: ${verdict.reason}. It is not repeated; the cause is elsewhere.`;
	await endApproval(deps, approval, { from: "verifying", to: "failed", outcome });
}
