import type { Person } from "../domain/actor.ts";
import type { Approval } from "../domain/approval.ts";
import { AppError } from "../domain/errors.ts";
import type { Execution } from "../domain/execution.ts";
import { limitsLookBackMs } from "../domain/limits.ts";
import type { Stores } from "../ports/store.ts";
import { callOnce } from "./call-once.ts";
import { afterEnd, endWithin, enqueuePublish } from "./end-approval.ts";
import type { ExecutorDeps } from "./executor-deps.ts";
import { type ExecutionJudgement, judgeExecution, type PlannedAgain } from "./judge-execution.ts";
import { planAgain } from "./plan-again.ts";
import { readBefore } from "./read-before.ts";
import { findOut } from "./reconcile.ts";
import { storeFound } from "./store-found.ts";
import { storeFailure } from "./store-outcome.ts";
import { withLease } from "./with-lease.ts";

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

/** Judges again and records the intent, in one transaction; then makes the call. */
async function begin(deps: ExecutorDeps, approval: Approval): Promise<void> {
	const planned = await planAgain(deps, approval);
	const before = planned.kind === "made" ? await readBefore(deps, approval.plan.verification) : undefined;
	const judgedAtMs = performance.now();
	const started = await deps.store.transaction(async (stores): Promise<Execution | "ended" | undefined> => {
		await stores.lockEffects();
		const current = await stores.approvals.getForUpdate(approval.id);
		if (current?.status !== "approved") return undefined;
		const judgement = await judgeNow(deps, stores, current, planned);
		if (judgement.kind === "wait") throw judgement.error;
		if (judgement.kind === "run") return recordIntent(stores, current, before);
		await endWithin(stores, current, { from: "approved", to: judgement.to, outcome: judgement.reason });
		return "ended";
	});
	if (started === "ended") afterEnd(deps);
	if (started === undefined || started === "ended") return;
	deps.jobs.nudge("publish-approval");
	deps.failpoint("intent-committed");
	await callOnce(deps, approval, started, judgedAtMs);
}

async function recordIntent(
	stores: Stores,
	approval: Approval,
	before: Execution["before"],
): Promise<Execution | undefined> {
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
}

/**
 * Picks up a request whose process died between intent and result. The call is made only where it is shown not to
 * have happened, and only if all that allows it holds still.
 */
async function resume(deps: ExecutorDeps, approval: Approval): Promise<void> {
	const execution = await deps.store.executions.ofApproval(approval.id);
	if (!execution) throw new AppError("internal", `${approval.id} is executing without a recorded intent.`);
	const judgedAtMs = performance.now();
	const found = await findOut(deps, approval, execution);
	if (found.kind !== "not_done") return storeFound(deps, approval, execution, found);
	const judgement = await judgeNow(deps, deps.store, approval, await planAgain(deps, approval));
	if (judgement.kind === "wait") throw judgement.error;
	if (judgement.kind === "run") return callOnce(deps, approval, execution, judgedAtMs);
	return storeFailure(deps, approval, execution, judgement.reason);
}

async function judgeNow(
	deps: ExecutorDeps,
	stores: Stores,
	approval: Approval,
	planned: PlannedAgain,
): Promise<ExecutionJudgement> {
	const ids = [...new Set(approval.decisions.map((decision) => decision.person.id))];
	const people = new Map<string, Person>();
	for (const id of ids) {
		const person = await stores.people.byId(id);
		if (person) people.set(id, person);
	}
	const { plan } = approval;
	const rule = await deps.rules.ruleFor(stores, plan);
	const nowMs = await stores.now();
	const recent = rule ? await stores.executions.recent(nowMs - limitsLookBackMs(rule)) : [];
	const hold = await deps.holds.holdOn(stores, plan, nowMs);
	return judgeExecution({ approval, rule, people, planned, recent, hold, nowMs });
}
