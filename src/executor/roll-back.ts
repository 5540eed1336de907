import type { Approval } from "../domain/approval.ts";
import { toAppError } from "../domain/errors.ts";
import type { Execution } from "../domain/execution.ts";
import type { AnyRemediation } from "../remediations/define-remediation.ts";
import { endApproval } from "./end-approval.ts";
import type { ExecutorDeps } from "./executor-deps.ts";

/** Takes back a change that did not help. Covered by the same approval: it ignores expiry, never the audit. */
export async function rollBack(
	deps: ExecutorDeps,
	approval: Approval,
	execution: Execution,
	remediation: Extract<AnyRemediation, { readonly reversal: "rollback" }>,
	reason: string,
): Promise<void> {
	await deps.store.transaction((stores) =>
		stores.audit.append({
			action: "rollback.intended",
			actorId: "system:executor",
			actorName: "executor",
			subject: `approval:${approval.id}`,
			summary: `About to take back: ${approval.plan.summary}`,
			data: { execution: execution.id, reason },
		}),
	);
	try {
		const result = await remediation.rollback(approval.plan, deps.writer, `${execution.id}-rollback`);
		await endApproval(
			deps,
			approval,
			"verifying",
			"rolled_back",
			`It did not help (${reason}) and was taken back: ${result}.`,
		);
	} catch (error) {
		const failure = toAppError(error);
		deps.logger.error("a rollback failed", { approval: approval.id, error: failure });
		await endApproval(
			deps,
			approval,
			"verifying",
			"rollback_failed",
			`It did not help (${reason}) and could not be taken back: ${failure.message}`,
		);
	}
}
