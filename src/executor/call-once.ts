import type { Approval } from "../domain/approval.ts";
import { toAppError } from "../domain/errors.ts";
import type { Execution } from "../domain/execution.ts";
import { findRemediation } from "../remediations/make-plan.ts";
import type { ExecutorDeps } from "./executor-deps.ts";
import { findOut, giveUpLater } from "./reconcile.ts";
import { storeFailure, storeResult } from "./store-outcome.ts";

/** Makes the call and stores what came of it. After an error the world is asked; the call is never made again here. */
export async function callOnce(deps: ExecutorDeps, approval: Approval, execution: Execution): Promise<void> {
	const remediation = findRemediation(deps.remediations, approval.plan.remediation);
	let result: string;
	try {
		const reply = remediation.execute(approval.plan, deps.writer, execution.id);
		deps.failpoint("call-sent");
		result = await reply;
	} catch (error) {
		await afterError(deps, approval, execution, error);
		return;
	}
	deps.failpoint("reply-read");
	await storeResult(deps, approval, execution, result);
}

async function afterError(
	deps: ExecutorDeps,
	approval: Approval,
	execution: Execution,
	error: unknown,
): Promise<void> {
	const failure = toAppError(error);
	const { id } = approval;
	deps.logger.warn("an execution failed", { approval: id, execution: execution.id, error: failure });
	const nothing = `${failure.message} Nothing was changed.`;
	if (failure.code === "invalid" || failure.code === "not_found")
		return storeFailure(deps, approval, execution, nothing);
	const found = await findOut(deps, approval, execution);
	if (found === "done") {
		const done = `${approval.plan.title}: done, as read afterwards (${failure.message})`;
		return storeResult(deps, approval, execution, done);
	}
	// A refusal because of another state changed nothing by this call, and no earlier call of this run is found.
	if (found === "not_done" || failure.code === "conflict")
		return storeFailure(deps, approval, execution, nothing);
	return giveUpLater(deps, approval, execution, failure.message);
}
