import type { Approval } from "../domain/approval.ts";
import { AppError, toAppError } from "../domain/errors.ts";
import type { Execution } from "../domain/execution.ts";
import { findRemediation } from "../remediations/make-plan.ts";
import type { ExecutorDeps } from "./executor-deps.ts";
import { findOut } from "./reconcile.ts";
import { type Found, storeFound } from "./store-found.ts";
import { storeFailure } from "./store-outcome.ts";

/** What these say is that nothing was changed by this call. */
const HARMLESS = ["invalid", "not_found", "forbidden", "unsupported"];

/** A process that slept for longer must not send: by then another may have found that nothing was sent. */
const SEND_WITHIN_MS = 10_000;

/**
 * Makes the call and stores what came of it. After an error the world is asked; the call is never made again here.
 * @param judgedAtMs when it was judged that the call may be made, on `performance.now()`
 * @throws AppError `unavailable` where too much time passed since: it is judged anew
 */
export async function callOnce(
	deps: ExecutorDeps,
	approval: Approval,
	execution: Execution,
	judgedAtMs: number,
): Promise<void> {
	const remediation = findRemediation(deps.remediations, approval.plan.remediation);
	const problem = await whyNotToSend(deps, approval);
	// Who slept may not say that nothing was sent either: another may have gone on meanwhile.
	if (performance.now() - judgedAtMs > SEND_WITHIN_MS)
		throw new AppError("unavailable", "Too much time passed before the call; it is judged anew.");
	if (problem !== undefined)
		return storeFailure(deps, approval, execution, `${problem} It was not sent; nothing was changed.`);
	let found: Found;
	try {
		const reply = remediation.execute(approval.plan, deps.writer, execution);
		deps.failpoint("call-sent");
		found = await reply;
	} catch (error) {
		await afterError(deps, approval, execution, error);
		return;
	}
	deps.failpoint("reply-read");
	await storeFound(deps, approval, execution, found);
}

/** What forbids the call now that its intent is recorded; undefined where nothing does. */
async function whyNotToSend({ holds, store, writer }: ExecutorDeps, { plan }: Approval) {
	// Known before the time is looked at, so that nothing slow stands between that look and the call; it says its errors.
	if (plan.region !== undefined) await writer.aws?.account().catch(() => undefined);
	// The intent is beyond doubt only once it is written down outside the database too.
	const unanchored = await store.audit.anchor().then(() => undefined, toAppError);
	if (unanchored) return unanchored.message;
	// Last, so that nothing slow stands between a freeze that was made meanwhile and the call that it forbids.
	return (await holds.holdOn(store, plan, await store.now()))?.reason;
}

async function afterError(
	deps: ExecutorDeps,
	approval: Approval,
	execution: Execution,
	error: unknown,
): Promise<void> {
	const failure = toAppError(error);
	deps.logger.warn("an execution failed", {
		approval: approval.id,
		execution: execution.id,
		error: failure,
	});
	const nothing = `${failure.message} Nothing was changed.`;
	if (HARMLESS.includes(failure.code) || failure.extra.changed === false)
		return storeFailure(deps, approval, execution, nothing);
	const found = await findOut(deps, approval, execution);
	// A refusal because of another state changed nothing by this call, and no earlier call of this run is found.
	const refused = failure.code === "conflict" || failure.code === "limited";
	if (found.kind === "not_done" || (found.kind === "not_known" && refused))
		return storeFailure(deps, approval, execution, nothing);
	return storeFound(deps, approval, execution, found.kind === "not_known" ? because(found, failure) : found);
}

function because(found: Found, { message }: { readonly message: string }): Found {
	return { kind: "not_known", text: "text" in found && found.text !== "" ? found.text : message };
}
