import type { Approval } from "../domain/approval.ts";
import { AppError, toAppError } from "../domain/errors.ts";
import type { Execution } from "../domain/execution.ts";
import type { AnyRemediation } from "../remediations/define-remediation.ts";
import { findRemediation, makePlan } from "../remediations/make-plan.ts";
import { endApproval, enqueuePublish } from "./end-approval.ts";
import type { ExecutorDeps } from "./executor-deps.ts";
import { judgeExecution } from "./judge-execution.ts";
import { readBefore } from "./read-before.ts";
import { withLease } from "./with-lease.ts";

const UNKNOWN_AFTER_MS = 30_000;

/**
 * Runs an approved request, or finishes what a crash interrupted. Takes an approval id and nothing else. Idempotent:
 * whatever the number of calls, processes and crashes, the effect happens at most once.
 */
export async function execute(deps: ExecutorDeps, approvalId: string): Promise<void> {
	await withLease(deps, `execution:${approvalId}`, async () => {
		const approval = await deps.store.approvals.get(approvalId);
		if (approval?.status === "approved") await begin(deps, approval);
		else if (approval?.status === "executing") await resume(deps, approval);
	});
}

async function begin(deps: ExecutorDeps, approval: Approval): Promise<void> {
	const remediation = findRemediation(deps.remediations, approval.plan.remediation);
	const planned = await makePlan(
		remediation,
		approval.plan.parameters,
		approval.plan.verification,
		deps.reader,
	).catch((error: unknown) => toAppError(error));
	if (planned instanceof AppError && planned.code === "unavailable") throw planned;
	const people = await peopleNow(deps, approval);
	const judgement = judgeExecution({
		approval,
		policy: deps.policy,
		people,
		planHashNow: planned instanceof AppError ? "" : planned.planHash,
		nowMs: await deps.store.now(),
	});
	if (!judgement.run) {
		const reason = planned instanceof AppError ? `${planned.message} Nothing was changed.` : judgement.reason;
		await endApproval(
			deps,
			approval,
			"approved",
			judgement.to,
			judgement.to === "expired" ? judgement.reason : reason,
		);
		return;
	}
	const before = await readBefore(deps, approval.plan.verification);
	const execution = await deps.store.transaction(async (stores) => {
		if (!(await stores.approvals.move(approval.id, "approved", "executing"))) return undefined;
		const intended = await stores.executions.create({
			approvalId: approval.id,
			status: "intended",
			intendedAtMs: await stores.now(),
			...(before ? { before } : {}),
		});
		await stores.audit.append({
			action: "execution.intended",
			actorId: "system:executor",
			actorName: "executor",
			subject: `approval:${approval.id}`,
			summary: `About to run: ${approval.plan.summary}`,
			data: { execution: intended.id, planHash: approval.planHash, targets: approval.plan.targets },
		});
		await enqueuePublish(stores, approval);
		return intended;
	});
	if (!execution) return;
	deps.jobs.nudge("publish-approval");
	deps.failpoint("intent-committed");
	await call(deps, approval, execution, remediation);
}

/** Makes the one call and stores what came of it. */
async function call(
	deps: ExecutorDeps,
	approval: Approval,
	execution: Execution,
	remediation: AnyRemediation,
): Promise<void> {
	let result: string;
	try {
		const reply = remediation.execute(approval.plan, deps.writer, execution.id);
		deps.failpoint("call-sent");
		result = await reply;
	} catch (error) {
		const failure = toAppError(error);
		deps.logger.warn("an execution failed", {
			approval: approval.id,
			execution: execution.id,
			error: failure,
		});
		if (failure.code === "conflict" || failure.code === "invalid" || failure.code === "not_found") {
			await storeFailure(deps, approval, execution, `${failure.message} Nothing was changed.`);
			return;
		}
		await reconcile(deps, approval, execution, remediation, failure.message);
		return;
	}
	deps.failpoint("reply-read");
	await storeResult(deps, approval, execution, result);
}

/** Picks up a request whose process died between intent and result. */
async function resume(deps: ExecutorDeps, approval: Approval): Promise<void> {
	const execution = await deps.store.executions.ofApproval(approval.id);
	if (!execution) throw new AppError("internal", `${approval.id} is executing without a recorded intent.`);
	const remediation = findRemediation(deps.remediations, approval.plan.remediation);
	await reconcile(deps, approval, execution, remediation, "no reply was read");
}

/** Asks the world what became of the call; it is made again only where it is shown not to have happened. */
async function reconcile(
	deps: ExecutorDeps,
	approval: Approval,
	execution: Execution,
	remediation: AnyRemediation,
	problem: string,
): Promise<void> {
	const found = await remediation.reconcile(approval.plan, deps.reader, execution.id);
	if (found === "done") {
		await storeResult(
			deps,
			approval,
			execution,
			`${approval.plan.title}: done, as read afterwards (${problem})`,
		);
		return;
	}
	if (found === "not_done") {
		await call(deps, approval, execution, remediation);
		return;
	}
	const nowMs = await deps.store.now();
	if (nowMs - execution.intendedAtMs < UNKNOWN_AFTER_MS)
		throw new AppError("unavailable", "The outcome can't be read yet.", { retryAfterSeconds: 2 });
	await deps.store.executions.save({ ...execution, status: "unknown", finishedAtMs: nowMs });
	await endApproval(
		deps,
		approval,
		"executing",
		"unknown",
		`It was sent once and no reply was read (${problem}). It will not be sent again; look at the target and say what happened.`,
	);
}

async function storeResult(
	deps: ExecutorDeps,
	approval: Approval,
	execution: Execution,
	result: string,
): Promise<void> {
	await deps.store.transaction(async (stores) => {
		if (!(await stores.approvals.move(approval.id, "executing", "verifying"))) return;
		await stores.executions.save({
			...execution,
			status: "called",
			result,
			finishedAtMs: await stores.now(),
		});
		await stores.audit.append({
			action: "execution.called",
			actorId: "system:executor",
			actorName: "executor",
			subject: `approval:${approval.id}`,
			summary: result,
			data: { execution: execution.id },
		});
		await stores.enqueue("verify-execution", { approvalId: approval.id });
		await enqueuePublish(stores, approval);
	});
	deps.failpoint("result-stored");
	deps.jobs.nudge("verify-execution");
	deps.jobs.nudge("publish-approval");
}

async function storeFailure(
	deps: ExecutorDeps,
	approval: Approval,
	execution: Execution,
	reason: string,
): Promise<void> {
	await deps.store.executions.save({
		...execution,
		status: "failed",
		result: reason,
		finishedAtMs: await deps.store.now(),
	});
	await endApproval(deps, approval, "executing", "failed", reason);
}

async function peopleNow(deps: ExecutorDeps, approval: Approval) {
	const ids = [...new Set(approval.decisions.map((decision) => decision.person.id))];
	const people = await Promise.all(ids.map((id) => deps.store.people.byId(id)));
	return new Map(people.flatMap((person) => (person ? [[person.id, person] as const] : [])));
}
