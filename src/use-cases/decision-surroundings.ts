import type { ApprovalPolicyRule } from "../domain/approval-policy.ts";
import type { DecisionSurroundings } from "../domain/judge-decision.ts";
import { limitsLookBackMs } from "../domain/limits.ts";
import type { Plan } from "../domain/plan.ts";
import { targetWeight } from "../domain/target-names.ts";
import type { EffectHolds } from "../ports/effect-holds.ts";
import type { Stores } from "../ports/store.ts";

const MOST_AHEAD = 200;

/**
 * Reads what surrounds a request: what forbids effects of its plan, and what was changed lately or is approved and not
 * begun. Who decides by it holds `lockEffects`, so that of two quick approvals the second sees the first.
 */
export async function readSurroundings(
	deps: {
		readonly stores: Pick<Stores, "approvals" | "executions" | "freezes">;
		readonly holds: EffectHolds;
	},
	plan: Plan,
	rule: ApprovalPolicyRule | undefined,
	nowMs: number,
): Promise<DecisionSurroundings> {
	const { stores, holds } = deps;
	const hold = await holds.holdOn(stores, plan, nowMs);
	if (!rule) return { hold };
	const begun = await stores.executions.recent(nowMs - limitsLookBackMs(rule));
	const { items } = await stores.approvals.list({ status: ["approved"] }, { limit: MOST_AHEAD });
	const waiting = items.filter(({ expiresAtMs }) => nowMs < expiresAtMs);
	const ahead = waiting.flatMap((approval) =>
		approval.plan.targets.map((target) => ({
			approvalId: approval.id,
			environment: approval.plan.environment,
			targetId: target.id,
			targetName: target.name,
			intendedAtMs: nowMs,
			weight: targetWeight(target),
			ahead: true as const,
		})),
	);
	return { hold, effects: [...begun, ...ahead] };
}
