import type { Approval } from "../domain/approval.ts";
import { toAppError } from "../domain/errors.ts";
import type { Execution } from "../domain/execution.ts";
import type { Reconciliation } from "../remediations/define-remediation.ts";
import { findRemediation } from "../remediations/make-plan.ts";
import type { ExecutorDeps } from "./executor-deps.ts";

/** Asks the world what became of a call. Where it can't be asked, nothing is known. */
export async function findOut(
	deps: ExecutorDeps,
	approval: Approval,
	execution: Execution,
): Promise<Reconciliation> {
	try {
		const remediation = findRemediation(deps.remediations, approval.plan.remediation);
		const { reader, metrics, store } = deps;
		const world = { reader, metrics, nowMs: await store.now() };
		return await remediation.reconcile(approval.plan, world, execution);
	} catch (error) {
		const problem = toAppError(error);
		deps.logger.warn("the outcome of an execution could not be read", {
			approval: approval.id,
			execution: execution.id,
			error: problem,
		});
		return { kind: "not_known", text: problem.message };
	}
}
