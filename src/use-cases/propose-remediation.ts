import { type Actor, actorId, actorName, personOf } from "../domain/actor.ts";
import { type Approval, isEnded } from "../domain/approval.ts";
import { type ApprovalPolicy, mayRequest, ruleFor } from "../domain/approval-policy.ts";
import { AppError } from "../domain/errors.ts";
import type { VerificationSpec } from "../domain/plan.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { RemediationCatalog } from "../ports/remediation-catalog.ts";
import type { Store } from "../ports/store.ts";

export type ProposeRemediationDeps = {
	readonly store: Store;
	readonly jobs: Pick<JobQueue, "nudge">;
	readonly catalog: RemediationCatalog;
	readonly policy: ApprovalPolicy;
};

export type ProposalInput = {
	readonly remediation: string;
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly incidentId?: string;
	readonly verification?: VerificationSpec;
};

/**
 * Makes a plan and asks for its approval. Changes nothing in the world.
 * @throws AppError `forbidden` by policy, `conflict` where the same change is already asked for, and those of planning
 */
export async function proposeRemediation(
	deps: ProposeRemediationDeps,
	actor: Actor,
	input: ProposalInput,
): Promise<Approval> {
	const { plan, planHash } = await deps.catalog.plan(input.remediation, input.parameters, input.verification);
	const rule = ruleFor(deps.policy, plan);
	const permission = mayRequest(rule, personOf(actor));
	if (!permission.allowed || !rule)
		throw new AppError(
			"forbidden",
			permission.allowed ? "No approval policy covers this here." : permission.reason,
		);
	const failed = plan.checks.find((check) => check.verdict === "fail");
	if (failed) throw new AppError("conflict", `${plan.title} can't be asked for: ${failed.text}.`);
	const approval = await deps.store.transaction(async (stores) => {
		const target = plan.targets[0]?.name ?? "";
		const same = await stores.approvals.list({ target }, { limit: 20 });
		const active = same.items.find(
			(item) => !isEnded(item.status) && item.plan.remediation === plan.remediation,
		);
		if (active)
			throw new AppError(
				"conflict",
				`${active.id} already asks for this and is ${active.status.replace("_", " ")}.`,
				{
					extra: { state: active.status, approvalId: active.id },
				},
			);
		const nowMs = await stores.now();
		const created = await stores.approvals.create({
			status: "proposed",
			...(input.incidentId ? { incidentId: input.incidentId } : {}),
			plan,
			planHash,
			requester: actor,
			rule,
			createdAtMs: nowMs,
			expiresAtMs: nowMs + rule.expiryMinutes * 60_000,
		});
		await stores.audit.append({
			action: "approval.proposed",
			actorId: actorId(actor),
			actorName: actorName(actor),
			subject: `approval:${created.id}`,
			summary: plan.summary,
			data: { planHash, plan, ...(input.incidentId ? { incident: input.incidentId } : {}) },
		});
		await stores.enqueue("publish-approval", { approvalId: created.id });
		await stores.announce({ kind: "approval", id: created.id });
		return created;
	});
	deps.jobs.nudge("publish-approval");
	return approval;
}
