import { needsConfirmation, wordToType } from "../../../src/domain/confirmation.ts";
import { planView } from "../../../src/use-cases/plan-view.ts";
import type { ApprovalView } from "../../../web/src/api/types.generated.ts";
import { PREFLIGHT_REQUESTS } from "../../fixtures/preflight-messages.ts";

const SAMPLE_NOW_MS = Date.UTC(2026, 10, 20, 1, 47);

/** Plain data of the fixtures with every instant in it moved to now. */
export function movedToNow<T>(value: T, nowMs: number): T {
	const moved = (atMs: string) => String(Number(atMs) - SAMPLE_NOW_MS + nowMs);
	return JSON.parse(JSON.stringify(value).replaceAll(/\b17\d{11}\b/g, moved)) as T;
}

/** A request of the fixtures as the server tells the console of it, moved to now. */
export function preflightView(name: keyof typeof PREFLIGHT_REQUESTS, nowMs: number): ApprovalView {
	const { approval, ...rest } = PREFLIGHT_REQUESTS[name];
	const execution = "execution" in rest ? rest.execution : undefined;
	const { plan, preflight, outcome, endedAtMs } = approval;
	const shown = planView(approval);
	const iso = (atMs: number) => new Date(atMs - SAMPLE_NOW_MS + nowMs).toISOString();
	const { remediation, title, summary, environment, parameters, targets, risk, reversal } = plan;
	return {
		id: approval.id,
		status: approval.status,
		remediation,
		title,
		summary,
		environment,
		parameters,
		targets,
		risk,
		reversal,
		checks: shown.checks,
		takes: shown.takes,
		helpedIf: shown.helpedIf,
		otherwise: shown.otherwise,
		...(shown.where === undefined ? {} : { where: shown.where }),
		...(shown.note === undefined ? {} : { note: shown.note }),
		...(preflight
			? {
					preflight: {
						state: preflight.state,
						...(preflight.statement ? { statement: preflight.statement } : {}),
					},
				}
			: {}),
		...(plan.verification ? { checkedMetric: plan.verification.metric } : {}),
		...(needsConfirmation(plan) ? { confirmWord: wordToType(plan) } : {}),
		planHash: approval.planHash,
		requester: { kind: "person", name: "operator-3" },
		quorum: approval.rule.quorum,
		approved: approval.decisions.length,
		mayDecide: { allowed: true },
		mayCancel: false,
		mayResolve: false,
		createdAt: iso(approval.createdAtMs),
		expiresAt: iso(approval.expiresAtMs),
		...(endedAtMs === undefined ? {} : { endedAt: iso(endedAtMs) }),
		...(outcome === undefined ? {} : { outcome }),
		decisions: approval.decisions.map(({ person, verdict, atMs }) => ({ person, verdict, at: iso(atMs) })),
		...(execution
			? {
					execution: {
						id: execution.id,
						status: execution.status,
						intendedAt: iso(execution.intendedAtMs),
						...(execution.result === undefined ? {} : { result: execution.result }),
					},
				}
			: {}),
	};
}
