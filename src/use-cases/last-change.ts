import type { Approval } from "../domain/approval.ts";
import type { ChangeBefore, Incident } from "../domain/incident.ts";
import type { Stores } from "../ports/store.ts";

const FAILED: readonly Approval["status"][] = ["failed", "rollback_failed", "unknown"];

/**
 * The newest change that was made, or may have been, since an incident began: on its target, whoever asked for it, or
 * by one of its own requests. One that is not known to have failed goes before newer ones that did, which are `inVain`.
 * Undefined where nothing was changed.
 */
export async function lastChange(
	stores: Pick<Stores, "approvals" | "executions">,
	incident: Incident,
	own: readonly Approval[],
): Promise<ChangeBefore | undefined> {
	const sinceMs = Math.min(incident.openedAtMs, incident.timeline[0]?.atMs ?? incident.openedAtMs);
	let inVain: ChangeBefore | undefined;
	for (const effect of await stores.executions.recent(sinceMs)) {
		const isOwn = own.some(({ id }) => id === effect.approvalId);
		const onTarget = effect.targetName === incident.target && effect.environment === incident.environment;
		if (!isOwn && !onTarget) continue;
		const execution = await stores.executions.ofApproval(effect.approvalId);
		if (!execution || execution.status === "failed") continue;
		const approval = await stores.approvals.get(effect.approvalId);
		if (!approval) continue;
		const change = { approvalId: approval.id, title: approval.plan.title };
		if (!FAILED.includes(approval.status)) return change;
		inVain ??= { ...change, inVain: true };
	}
	return inVain;
}
