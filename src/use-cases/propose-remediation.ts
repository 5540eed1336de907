import { type Actor, actorId, actorName, personOf } from "../domain/actor.ts";
import { APPROVAL_STATUSES, type Approval, isEnded, statusText } from "../domain/approval.ts";
import { mayRequest } from "../domain/approval-policy.ts";
import { AppError } from "../domain/errors.ts";
import type { VerificationSpec } from "../domain/plan.ts";
import type { Watch } from "../domain/watch.ts";
import type { ApprovalRules } from "../ports/approval-rules.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { RemediationCatalog } from "../ports/remediation-catalog.ts";
import type { Store, Stores } from "../ports/store.ts";
import { verificationFor } from "./propose-for-incident.ts";

export type ProposeRemediationDeps = {
	readonly store: Store;
	readonly jobs: Pick<JobQueue, "nudge">;
	readonly catalog: RemediationCatalog;
	readonly rules: ApprovalRules;
	readonly watches: readonly Watch[];
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
	const verification = input.verification ?? (await verificationOf(deps, input.incidentId));
	const { plan, planHash } = await deps.catalog.plan(input.remediation, input.parameters, verification);
	const rule = await deps.rules.ruleFor(deps.store, plan);
	const permission = mayRequest(rule, personOf(actor));
	if (!permission.allowed || !rule)
		throw new AppError(
			"forbidden",
			permission.allowed ? "No approval policy covers this here." : permission.reason,
		);
	const failed = plan.checks.find((check) => check.verdict === "fail");
	if (failed) throw new AppError("conflict", `${plan.title} can't be asked for: ${failed.text}.`);
	const approval = await deps.store.transaction(async (stores) => {
		await refuseOverIncident(stores, input.incidentId);
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
		// The audit takes one writer after another: of two that ask at once, the second sees the first one's here.
		await refuseSecond(stores, created);
		await stores.enqueue("publish-approval", { approvalId: created.id });
		await stores.announce({ kind: "approval", id: created.id });
		return created;
	});
	deps.jobs.nudge("publish-approval");
	return approval;
}

const ACTIVE = APPROVAL_STATUSES.filter((status) => !isEnded(status));

/** An incident that ended while the plan was made needs no remedy. Locks it, so that it can't end before the commit. */
async function refuseOverIncident(stores: Stores, incidentId: string | undefined): Promise<void> {
	const incident = incidentId === undefined ? undefined : await stores.incidents.getForUpdate(incidentId);
	if (incident?.status !== "resolved") return;
	throw new AppError("conflict", `${incident.id} is over, so there is nothing left to remedy.`);
}

/** The same remediation of the same target may be asked for once at a time. */
async function refuseSecond(stores: Stores, created: Approval): Promise<void> {
	for (const { name } of created.plan.targets) {
		const { items } = await stores.approvals.list({ target: name, status: ACTIVE }, { limit: 200 });
		const other = items.find(
			(item) => item.id !== created.id && item.plan.remediation === created.plan.remediation,
		);
		if (!other) continue;
		throw new AppError("conflict", `${other.id} already asks for this and is ${statusText(other.status)}.`, {
			extra: { state: other.status, approvalId: other.id },
		});
	}
}

/** What is done for an incident is judged by the metric that raised it, whoever asked. */
async function verificationOf(
	deps: ProposeRemediationDeps,
	incidentId: string | undefined,
): Promise<VerificationSpec | undefined> {
	if (incidentId === undefined) return undefined;
	const anomalies = await deps.store.anomalies.ofIncident(incidentId);
	const lead = anomalies
		.filter((anomaly) => anomaly.closedAtMs === undefined)
		.toSorted((a, b) => b.score - a.score)[0];
	const watch = lead && deps.watches.find((item) => item.name === lead.watch);
	return lead && watch && verificationFor(watch, lead);
}
