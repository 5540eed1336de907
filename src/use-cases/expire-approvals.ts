import { isPending } from "../domain/approval.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { Store } from "../ports/store.ts";
import { expireOne } from "./decide-approval.ts";

export type ExpireApprovalsDeps = { readonly store: Store; readonly jobs: Pick<JobQueue, "nudge"> };

/** Ends every pending request whose deadline has passed by the database's clock. Idempotent. Returns how many. */
export async function expireApprovals(deps: ExpireApprovalsDeps): Promise<number> {
	const overdue = await overdueIds(deps.store);
	let expired = 0;
	for (const id of overdue) if (await expireIfOver(deps.store, id)) expired += 1;
	if (expired > 0) deps.jobs.nudge("publish-approval");
	return expired;
}

async function overdueIds(store: Store): Promise<readonly string[]> {
	const ids: string[] = [];
	let cursor: string | undefined;
	do {
		const page = await store.approvals.list(
			{ status: ["proposed", "partly_approved"] },
			{ limit: 200, ...(cursor === undefined ? {} : { cursor }) },
		);
		if (page.items.length === 0) break;
		const nowMs = await store.now();
		ids.push(...page.items.filter((item) => item.expiresAtMs <= nowMs).map((item) => item.id));
		cursor = page.next;
	} while (cursor !== undefined);
	return ids;
}

/** Judged again under the row's lock: a decision may have come first. */
function expireIfOver(store: Store, id: string): Promise<boolean> {
	return store.transaction(async (stores) => {
		const approval = await stores.approvals.getForUpdate(id);
		const nowMs = await stores.now();
		if (!approval || approval.expiresAtMs > nowMs || !isPending(approval.status)) return false;
		await expireOne(stores, approval, nowMs);
		return true;
	});
}
