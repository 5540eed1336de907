import type { Approval } from "../domain/approval.ts";
import { type AppError, toAppError } from "../domain/errors.ts";
import type { Execution } from "../domain/execution.ts";
import type { AnyRemediation } from "../remediations/define-remediation.ts";
import { endApproval } from "./end-approval.ts";
import type { ExecutorDeps } from "./executor-deps.ts";

const ATTEMPTS = 3;
const PAUSE_MS = 2000;

/**
 * Takes back a change that did not help. Covered by the same approval: it ignores expiry, never the audit. After a
 * crash it is called again with the same id, by which the writer knows that it was done.
 */
export async function rollBack(
	deps: ExecutorDeps,
	approval: Approval,
	execution: Execution,
	remediation: Extract<AnyRemediation, { readonly reversal: "rollback" }>,
	reason: string,
	wait: (ms: number) => Promise<void>,
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
	await deps.store.audit.anchor();
	let result: string;
	try {
		result = await tryAgain(wait, async () =>
			remediation.rollback(approval.plan, deps.writer, {
				id: `${execution.id}-rollback`,
				intendedAtMs: await deps.store.now(),
			}),
		);
	} catch (error) {
		const failure = toAppError(error);
		deps.logger.error("a rollback failed", { approval: approval.id, error: failure });
		const outcome = `It did not help (${reason}) and ${whatIsKnown(failure)}: ${failure.message}`;
		await endApproval(deps, approval, { from: "verifying", to: "rollback_failed", outcome });
		return;
	}
	const outcome = `It did not help (${reason}) and was taken back: ${result}.`;
	await endApproval(deps, approval, { from: "verifying", to: "rolled_back", outcome });
}

/** A way back is idempotent by its contract: what a moment's trouble kept from it is tried again. */
async function tryAgain<T>(wait: (ms: number) => Promise<void>, work: () => Promise<T>): Promise<T> {
	for (let attempt = 1; ; attempt += 1) {
		try {
			return await work();
		} catch (error) {
			const passing = ["limited", "unavailable"].includes(toAppError(error).code);
			if (!passing || attempt === ATTEMPTS) throw error;
			await wait(PAUSE_MS);
		}
	}
}

/** Only a refusal shows that nothing was taken back; any other error may have come after the effect. */
function whatIsKnown({ code }: AppError): string {
	const refused = code === "conflict" || code === "invalid" || code === "not_found";
	return refused ? "could not be taken back" : "it is not known whether it was taken back";
}
