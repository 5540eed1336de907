import type { JobQueue } from "../ports/job-queue.ts";
import type { Store } from "../ports/store.ts";
import { expireOne } from "./decide-approval.ts";

/** Ends every pending request whose deadline has passed by the database's clock. Idempotent. Returns how many. */
export async function expireApprovals(deps: {
	readonly store: Store;
	readonly jobs: Pick<JobQueue, "nudge">;
}): Promise<number> {
	const pending = await deps.store.approvals.list(
		{ status: ["proposed", "partly_approved"] },
		{ limit: 200 },
	);
	if (pending.items.length === 0) return 0;
	const nowMs = await deps.store.now();
	let expired = 0;
	for (const { id } of pending.items.filter((item) => item.expiresAtMs <= nowMs)) {
		await deps.store.transaction(async (stores) => {
			const approval = await stores.approvals.getForUpdate(id);
			if (!approval || approval.expiresAtMs > (await stores.now())) return;
			if (approval.status !== "proposed" && approval.status !== "partly_approved") return;
			await expireOne(stores, approval, await stores.now());
			expired += 1;
		});
	}
	if (expired > 0) deps.jobs.nudge("publish-approval");
	return expired;
}
