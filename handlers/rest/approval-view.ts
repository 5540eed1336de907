import type { z } from "zod";
import { actorName, type Person } from "../../src/domain/actor.ts";
import { type Approval, canMove, isPending, isUnchecked } from "../../src/domain/approval.ts";
import type { ApprovalPolicyRule } from "../../src/domain/approval-policy.ts";
import { needsConfirmation, wordToType } from "../../src/domain/confirmation.ts";
import type { Execution } from "../../src/domain/execution.ts";
import { type DecisionSurroundings, decisionView } from "../../src/domain/judge-decision.ts";
import { mayCancel } from "../../src/use-cases/cancel-approval.ts";
import { planView } from "../../src/use-cases/plan-view.ts";
import { mayResolve } from "../../src/use-cases/resolve-unknown.ts";
import type { ApprovalView, ExecutionView } from "./approval-schema.ts";
import type { PersonActor } from "./identify-caller.ts";
import { isoTime, optionalTime } from "./iso-time.ts";
import { personView } from "./person-view.ts";
import type { RestDeps } from "./rest-deps.ts";

/** An approval as one person sees it: `mayDecide` is judged for them by the rule as of now. Pure. */
function approvalView(
	approval: Approval,
	seen: {
		readonly by: Person;
		readonly rule: ApprovalPolicyRule | undefined;
		readonly nowMs: number;
		readonly surroundings: DecisionSurroundings;
		readonly execution: Execution | undefined;
	},
): z.input<typeof ApprovalView> {
	const { plan } = approval;
	const shown = planView(approval);
	const { by, rule, nowMs } = seen;
	const { mayDecide, held } = decisionView(approval, rule, by, nowMs, seen.surroundings);
	const approvers = approval.decisions.filter(({ verdict }) => verdict === "approve");
	return {
		id: approval.id,
		status: approval.status,
		...(isUnchecked(approval) ? { unchecked: true } : {}),
		...(approval.incidentId === undefined ? {} : { incidentId: approval.incidentId }),
		remediation: plan.remediation,
		title: plan.title,
		summary: plan.summary,
		environment: plan.environment,
		parameters: plan.parameters,
		targets: plan.targets,
		checks: shown.checks,
		...(approval.preflight === undefined
			? {}
			: {
					preflight: {
						state: approval.preflight.state,
						...(approval.preflight.statement === undefined
							? {}
							: { statement: approval.preflight.statement }),
					},
				}),
		...(shown.where === undefined ? {} : { where: shown.where }),
		takes: shown.takes,
		helpedIf: shown.helpedIf,
		otherwise: shown.otherwise,
		...(shown.note === undefined ? {} : { note: shown.note }),
		...(plan.verification ? { checkedMetric: plan.verification.metric } : {}),
		risk: plan.risk,
		reversal: plan.reversal,
		planHash: approval.planHash,
		requester: { kind: approval.requester.kind, name: actorName(approval.requester) },
		quorum: approval.rule.quorum,
		approved: new Set(approvers.map(({ person }) => person.id)).size,
		mayDecide,
		...(held === undefined ? {} : { held }),
		...(needsConfirmation(plan) ? { confirmWord: wordToType(plan) } : {}),
		mayCancel: canMove(approval.status, "cancelled") && mayCancel(approval, by),
		mayResolve: approval.status === "unknown" && mayResolve(rule, by),
		createdAt: isoTime(approval.createdAtMs),
		expiresAt: isoTime(approval.expiresAtMs),
		...optionalTime("endedAt", approval.endedAtMs),
		...(approval.outcome === undefined ? {} : { outcome: approval.outcome }),
		decisions: approval.decisions.map((decision) => ({
			person: personView(decision.person),
			verdict: decision.verdict,
			...(decision.reason === undefined ? {} : { reason: decision.reason }),
			at: isoTime(decision.atMs),
		})),
		...(seen.execution ? { execution: executionView(seen.execution) } : {}),
	};
}

function executionView(execution: Execution): z.input<typeof ExecutionView> {
	const { verification } = execution;
	return {
		id: execution.id,
		status: execution.status,
		intendedAt: isoTime(execution.intendedAtMs),
		...optionalTime("finishedAt", execution.finishedAtMs),
		...(execution.result === undefined ? {} : { result: execution.result }),
		...(verification
			? {
					verification: {
						verdict: verification.verdict,
						reason: verification.reason,
						insideForSeconds: verification.insideForSeconds,
						checkedAt: isoTime(verification.checkedAtMs),
						...(verification.lastValue === undefined ? {} : { lastValue: verification.lastValue }),
					},
				}
			: {}),
	};
}

/** Reads what belongs to approvals and shows them to the one who asks, in the order given. */
export async function approvalViews(
	deps: RestDeps,
	actor: PersonActor,
	approvals: readonly Approval[],
): Promise<z.input<typeof ApprovalView>[]> {
	if (approvals.length === 0) return [];
	const nowMs = await deps.store.now();
	return Promise.all(
		approvals.map(async (approval) => {
			const rule = await deps.useCases.currentRule(approval.plan);
			return approvalView(approval, {
				by: actor.person,
				rule,
				nowMs,
				surroundings: isPending(approval.status)
					? await deps.useCases.surroundings(approval.plan, rule, nowMs)
					: {},
				execution: await deps.store.executions.ofApproval(approval.id),
			});
		}),
	);
}
