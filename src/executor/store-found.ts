import type { Approval } from "../domain/approval.ts";
import { AppError } from "../domain/errors.ts";
import type { Execution } from "../domain/execution.ts";
import type { Reconciliation } from "../remediations/define-remediation.ts";
import { findRemediation } from "../remediations/make-plan.ts";
import { endApproval } from "./end-approval.ts";
import type { ExecutorDeps } from "./executor-deps.ts";
import { storeFailure, storeProgress, storeResult } from "./store-outcome.ts";

const LOOK_AGAIN_SECONDS = 2;
/** Longer than a call may take and the world needs to show it; see `SETTLED_AFTER_MS` of the remediations. */
const UNKNOWN_AFTER_MS = 45_000;

/** What is known of a run whose call left, or may have left. */
export type Found = Exclude<Reconciliation, { readonly kind: "not_done" }>;

/**
 * Stores what is known of a run: its end, or that it goes on and must be looked at again. What can't be known within
 * 45 s without ever having been seen to go on, and what goes on for too long, ends as unknown.
 * @throws AppError `unavailable` while it may still become known
 */
export async function storeFound(
	deps: ExecutorDeps,
	approval: Approval,
	execution: Execution,
	found: Found,
): Promise<void> {
	if (found.kind === "done") return storeResult(deps, approval, execution, found.text);
	if (found.kind === "never_sent")
		return storeFailure(deps, approval, execution, `${sentence(found.text)} Nothing was changed.`);
	if (found.kind === "failed")
		return storeFailure(deps, approval, execution, `It ran and did not do its job: ${sentence(found.text)}`);
	const { longestSeconds } = findRemediation(deps.remediations, approval.plan.remediation);
	const sinceMs = (await deps.store.now()) - execution.intendedAtMs;
	if (found.kind === "under_way" && sinceMs < longestSeconds * 1000) {
		await storeProgress(deps, approval, execution, found.text);
		await deps.store.enqueue(
			"execute-approval",
			{ approvalId: approval.id },
			{ afterSeconds: LOOK_AGAIN_SECONDS, singleton: approval.id },
		);
		return;
	}
	// A run that was seen under way goes on while it can't be looked at.
	const patienceMs = execution.result === undefined ? UNKNOWN_AFTER_MS : longestSeconds * 1000;
	if (found.kind === "not_known" && sinceMs < Math.max(UNKNOWN_AFTER_MS, patienceMs))
		throw new AppError("unavailable", "The outcome can't be read yet.", {
			retryAfterSeconds: LOOK_AGAIN_SECONDS,
		});
	await giveUp(deps, approval, execution, found.text);
}

/** Ends a request as unknown: a person must look, for nothing is sent twice. */
async function giveUp(
	deps: ExecutorDeps,
	approval: Approval,
	execution: Execution,
	problem: string,
): Promise<void> {
	const outcome = `It was sent at most once and its outcome can't be read (${problem.replace(/\.$/, "")}). It will not be sent again; look at the target and say what happened.`;
	await endApproval(
		deps,
		approval,
		{ from: "executing", to: "unknown", outcome },
		{ ...execution, status: "unknown", finishedAtMs: await deps.store.now() },
	);
}

function sentence(text: string): string {
	return /[.!?]$/.test(text) ? text : `${text}.`;
}
