import type { Approval } from "../domain/approval.ts";
import { AppError, toAppError } from "../domain/errors.ts";
import type { Execution } from "../domain/execution.ts";
import type { Reconciliation } from "../remediations/define-remediation.ts";
import { findRemediation } from "../remediations/make-plan.ts";
import { endApproval } from "./end-approval.ts";
import type { ExecutorDeps } from "./executor-deps.ts";

const UNKNOWN_AFTER_MS = 30_000;

/** Asks the world whether the call had its effect. Where it can't be asked, nothing is known. */
export async function findOut(
	deps: ExecutorDeps,
	approval: Approval,
	execution: Execution,
): Promise<Reconciliation> {
	try {
		const remediation = findRemediation(deps.remediations, approval.plan.remediation);
		return await remediation.reconcile(approval.plan, deps.reader, execution.id);
	} catch (error) {
		deps.logger.warn("the outcome of an execution could not be read", {
			approval: approval.id,
			execution: execution.id,
			error: toAppError(error),
		});
		return "not_known";
	}
}

/**
 * Ends a request as unknown once 30 s have passed since its intent; before that, asks to be called again.
 * @throws AppError `unavailable` while there is time left
 */
export async function giveUpLater(
	deps: ExecutorDeps,
	approval: Approval,
	execution: Execution,
	problem: string,
): Promise<void> {
	const nowMs = await deps.store.now();
	if (nowMs - execution.intendedAtMs < UNKNOWN_AFTER_MS)
		throw new AppError("unavailable", "The outcome can't be read yet.", { retryAfterSeconds: 2 });
	const outcome = `It was sent once and its outcome can't be read (${problem.replace(/\.$/, "")}). It will not be sent again; look at the target and say what happened.`;
	await endApproval(
		deps,
		approval,
		{ from: "executing", to: "unknown", outcome },
		{ ...execution, status: "unknown", finishedAtMs: nowMs },
	);
}
