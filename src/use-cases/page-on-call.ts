import type { Approval } from "../domain/approval.ts";
import type { Conversation } from "../domain/chat-event.ts";
import type { Logger } from "../ports/logger.ts";
import type { Pager } from "../ports/pager.ts";
import type { Store } from "../ports/store.ts";
import { requestState } from "./incident-state.ts";

export type PageOnCallDeps = {
	readonly store: Store;
	readonly pager: Pager;
	readonly logger: Logger;
};

/** Ends after which the world may not be as anybody meant it to be. */
const PAGED: readonly Approval["status"][] = ["rollback_failed", "unknown"];

/**
 * Calls whoever is on duty for a request that ended so that only a person can mend it: once for each request and end,
 * whatever the number of calls, replicas and restarts; the call is in the audit. Nobody is called where the route names
 * nobody for the platforms it goes to; that is logged, and made up for once it does.
 * @param subject what the line that calls is drawn by
 */
export async function pageOnCall(
	{ store, pager, logger }: PageOnCallDeps,
	approval: Approval,
	subject: string,
	onCall: Readonly<Record<string, string>>,
	places: readonly Conversation[],
): Promise<void> {
	const { id, status, plan, outcome, endedAtMs } = approval;
	if (!PAGED.includes(status) || endedAtMs === undefined) return;
	const reached = places.filter(({ platform }) => onCall[platform] !== undefined);
	if (reached.length === 0) {
		logger.warn("nobody on call can be reached about a request", { approval: id, status });
		return;
	}
	const state = requestState(approval).text;
	const sentence = `${plan.title}: ${state.toLowerCase()}. ${outcome ?? plan.summary}`;
	const called = await store.transaction(async (stores) => {
		if (!(await stores.leases.claimRun(`page:${id}:${status}`, endedAtMs))) return false;
		await stores.audit.append({
			action: "oncall.called",
			actorId: "system:agent",
			actorName: "agent",
			subject: `approval:${id}`,
			summary: `Called whoever is on duty: ${sentence}`,
			data: { status, onCall, platforms: [...new Set(reached.map(({ platform }) => platform))] },
		});
		await pager.call(stores, { subject, sentence, onCall, places: reached });
		return true;
	});
	if (called) logger.info(`${id}: whoever is on duty was called: ${state.toLowerCase()}`);
}
