import type { Approval } from "../domain/approval.ts";
import { AppError, type ErrorCode, toAppError } from "../domain/errors.ts";
import type { Execution } from "../domain/execution.ts";
import type { AnyRemediation } from "../remediations/define-remediation.ts";
import { endApproval } from "./end-approval.ts";
import type { ExecutorDeps } from "./executor-deps.ts";

const ATTEMPTS = 3;
const PAUSE_MS = 2000;
/** A process that slept for longer must not send: another may have finished the request, and people gone on from there. */
const SEND_WITHIN_MS = 10_000;

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
	const judgedAtMs = performance.now();
	const intended = await deps.store.transaction(async (stores) => {
		if ((await stores.approvals.getForUpdate(approval.id))?.status !== "verifying") return false;
		await stores.audit.append({
			action: "rollback.intended",
			actorId: "system:executor",
			actorName: "executor",
			subject: `approval:${approval.id}`,
			summary: `About to take back: ${approval.plan.summary}`,
			data: { execution: execution.id, reason },
		});
		return true;
	});
	if (!intended) return;
	await deps.store.audit.anchor();
	if (performance.now() - judgedAtMs > SEND_WITHIN_MS)
		throw new AppError("unavailable", "Too much time passed before the rollback; it is judged anew.");
	let result: string;
	let doubtful = false;
	try {
		result = await tryAgain(
			wait,
			(error) => {
				doubtful ||= !isRefusal(error);
			},
			async () =>
				remediation.rollback(
					approval.plan,
					deps.writer,
					{ id: `${execution.id}-rollback`, intendedAtMs: await deps.store.now() },
					deps.reader,
				),
		);
	} catch (error) {
		const failure = toAppError(error);
		deps.logger.error("a rollback failed", { approval: approval.id, error: failure });
		const outcome = `It did not help (${reason}) and ${doubtful ? "it is not known whether it was taken back" : "could not be taken back"}: ${failure.message}`;
		await endApproval(deps, approval, { from: "verifying", to: "rollback_failed", outcome });
		return;
	}
	const outcome = `It did not help (${reason}) and was taken back: ${result}.`;
	await endApproval(deps, approval, { from: "verifying", to: "rolled_back", outcome });
}

/** A way back is idempotent by its contract: what a moment's trouble kept from it is tried again. */
async function tryAgain<T>(
	wait: (ms: number) => Promise<void>,
	failed: (error: AppError) => void,
	work: () => Promise<T>,
): Promise<T> {
	for (let attempt = 1; ; attempt += 1) {
		try {
			return await work();
		} catch (thrown) {
			const error = toAppError(thrown);
			failed(error);
			if (!PASSING.includes(error.code) || attempt === ATTEMPTS) throw error;
			await wait(PAUSE_MS);
		}
	}
}

const PASSING: readonly ErrorCode[] = ["limited", "unavailable"];
const REFUSALS: readonly ErrorCode[] = [
	"conflict",
	"invalid",
	"not_found",
	"forbidden",
	"limited",
	"unsupported",
];

/** Only a refusal shows that nothing was taken back by a call; any other error may have come after the effect. */
function isRefusal({ code, extra }: AppError): boolean {
	return REFUSALS.includes(code) || extra.changed === false;
}
