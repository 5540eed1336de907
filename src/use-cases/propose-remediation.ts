import { judgesTargets } from "../../models/target/judges-targets.ts";
import { type Actor, actorId, actorName, personOf } from "../domain/actor.ts";
import { timeChecks } from "../domain/allowed-times.ts";
import { APPROVAL_STATUSES, type Approval, isEnded, isPending, statusText } from "../domain/approval.ts";
import { type ApprovalPolicyRule, mayRequest } from "../domain/approval-policy.ts";
import type { DeliveryOrder } from "../domain/delivery.ts";
import { AppError } from "../domain/errors.ts";
import { judgeLimits, limitChecks, limitsLookBackMs } from "../domain/limits.ts";
import type { GuardSpec, Plan, PlanCheck, VerificationSpec } from "../domain/plan.ts";
import { isoTimes } from "../domain/time-text.ts";
import type { Watch } from "../domain/watch.ts";
import type { ApprovalRules } from "../ports/approval-rules.ts";
import type { EffectHolds } from "../ports/effect-holds.ts";
import type { Failpoint } from "../ports/failpoint.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { MetricsSource } from "../ports/metrics-source.ts";
import type { RemediationCatalog } from "../ports/remediation-catalog.ts";
import type { Store, Stores } from "../ports/store.ts";
import { verificationFor } from "./propose-for-incident.ts";
import { readTargetVerification } from "./target-verification.ts";

export type ProposeRemediationDeps = {
	readonly store: Store;
	readonly jobs: Pick<JobQueue, "nudge">;
	readonly catalog: RemediationCatalog;
	readonly rules: ApprovalRules;
	readonly watches: readonly Watch[];
	/** What a whole target is judged by is read from its metrics. */
	readonly metrics: Pick<MetricsSource, "range">;
	readonly holds: EffectHolds;
	readonly failpoint: Failpoint;
	/** What must not get worse while a plan is checked. */
	guards(plan: Plan): readonly GuardSpec[];
};

export type ProposalInput = {
	readonly remediation: string;
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly incidentId?: string;
	readonly verification?: VerificationSpec;
	/** Where it is asked for: it is shown there too, whatever becomes of the answer to who asked. */
	readonly askedIn?: Pick<DeliveryOrder, "conversation" | "channel">;
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
	const made = await deps.catalog.plan(input.remediation, input.parameters, { verification, guards: [] });
	const plan: Plan = { ...made, guards: [...deps.guards(made)] };
	const rule = await deps.rules.ruleFor(deps.store, plan);
	const permission = mayRequest(rule, personOf(actor));
	if (!permission.allowed || !rule)
		throw new AppError(
			"forbidden",
			permission.allowed ? "No approval policy covers this here." : permission.reason,
		);
	const approval = await deps.store.transaction(async (stores) => {
		await refuseOverIncident(stores, input.incidentId);
		const nowMs = await stores.now();
		const limits = await judgeNow(deps, stores, plan, rule, nowMs);
		const checked = { ...plan, checks: [...plan.checks, ...limits] };
		return record(deps, stores, actor, input, checked, rule, nowMs);
	});
	deps.failpoint("proposal-committed");
	deps.jobs.nudge("check-approval");
	deps.jobs.nudge("publish-approval");
	return approval;
}

/** What AWS must be asked first waits for it; what can't be done at all ends as it begins, and is shown as that. */
async function record(
	deps: ProposeRemediationDeps,
	stores: Stores,
	actor: Actor,
	{ incidentId, askedIn }: ProposalInput,
	plan: Plan,
	rule: ApprovalPolicyRule,
	nowMs: number,
): Promise<Approval> {
	const expiresAtMs = expiryOf(rule, nowMs);
	const planHash = deps.catalog.hash(plan, expiresAtMs);
	const failed = plan.checks.find((check) => check.verdict === "fail");
	const outcome = failed && `Nobody was asked: ${failed.text}. Nothing was changed.`;
	const asksAws = !failed && plan.permissions.length > 0;
	const created = await stores.approvals.create({
		plan,
		planHash,
		requester: actor,
		rule,
		createdAtMs: nowMs,
		expiresAtMs,
		status: failed ? "cancelled" : "proposed",
		...(incidentId ? { incidentId } : {}),
		...(asksAws ? { preflight: { state: "pending", checks: [] } } : {}),
		...(outcome ? { outcome, endedAtMs: nowMs } : {}),
	});
	const about = { actorId: actorId(actor), actorName: actorName(actor), subject: `approval:${created.id}` };
	const incident = incidentId ? { incident: incidentId } : {};
	const data = { planHash, plan, ...incident };
	await stores.audit.append({ action: "approval.proposed", ...about, summary: plan.summary, data });
	if (outcome)
		await stores.audit.append({
			action: "approval.cancelled",
			...about,
			summary: isoTimes(outcome),
			data: { planHash, ...incident },
		});
	// The audit takes one writer after another: of two that ask at once, the second sees the first one's here.
	else await refuseSecond(stores, created);
	const subject = incidentId ? `incident:${incidentId}` : `approval:${created.id}`;
	if (askedIn) await stores.deliveries.want([{ subject, ...askedIn }]);
	if (asksAws) await stores.enqueue("check-approval", { approvalId: created.id });
	await stores.enqueue("publish-approval", { approvalId: created.id });
	await stores.announce({ kind: "approval", id: created.id });
	return created;
}

/**
 * The limits as checks of the plan. What would be refused at the run anyway is not asked for: nobody should decide on
 * it for nothing.
 */
async function judgeNow(
	deps: ProposeRemediationDeps,
	stores: Stores,
	plan: Plan,
	rule: ApprovalPolicyRule,
	nowMs: number,
): Promise<readonly PlanCheck[]> {
	const hold = await deps.holds.holdOn(stores, plan, nowMs);
	if (hold) throw new AppError("conflict", `Not asked for: ${hold.reason}`);
	const recent = await stores.executions.recent(nowMs - limitsLookBackMs(rule));
	const limits = { rule, plan, recent, nowMs };
	const judgement = judgeLimits(limits);
	if (!judgement.allowed) throw new AppError("conflict", `Not asked for: ${judgement.reason}`);
	const expiresAtMs = expiryOf(rule, nowMs);
	return [...limitChecks(limits), ...timeChecks(rule, { nowMs, expiresAtMs })];
}

function expiryOf({ expiryMinutes }: ApprovalPolicyRule, nowMs: number): number {
	return nowMs + expiryMinutes * 60_000;
}

const ACTIVE = APPROVAL_STATUSES.filter((status) => !isEnded(status));

/** An incident that ended while the plan was made needs no remedy, nor one that never was. Locks it, so that it can't end before the commit. */
async function refuseOverIncident(stores: Stores, incidentId: string | undefined): Promise<void> {
	if (incidentId === undefined) return;
	const incident = await stores.incidents.getForUpdate(incidentId);
	if (!incident) throw new AppError("not_found", `There is no incident ${incidentId}.`);
	if (incident.status !== "resolved") return;
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
		const { id, status, plan } = other;
		const how = isPending(status) ? "waits for a decision" : `is ${statusText(status)}`;
		throw new AppError("conflict", `${id} (${plan.title}) ${how} on ${name} already.`, {
			extra: { state: status, approvalId: id },
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
	if (!lead || !watch) return undefined;
	if (!judgesTargets(watch)) return verificationFor(watch, lead);
	return await readTargetVerification(deps.metrics, watch, lead, await deps.store.now());
}
