import { APPROVAL_STATUSES, isEnded, isPending, isUnchecked } from "../domain/approval.ts";
import type { Store } from "../ports/store.ts";
import type { WatchBoard } from "../ports/watch-board.ts";
import { type FirstRunFacts, type NowReading, nowReading } from "./now-reading.ts";

/** What reading the Now page needs. `firstRun` is asked at each reading. */
export type ReadNowDeps = {
	readonly store: Pick<Store, "incidents" | "approvals" | "deliveries" | "now">;
	readonly board: WatchBoard;
	firstRun(): FirstRunFacts;
};

const PENDING = APPROVAL_STATUSES.filter((status) => isPending(status));
const ENDED = APPROVAL_STATUSES.filter((status) => isEnded(status));
const DAY_MS = 86_400_000;

/** Reads what the Now page says, from the store and the board. Changes nothing. */
export async function readNow(deps: ReadNowDeps): Promise<NowReading> {
	const { incidents, approvals, deliveries } = deps.store;
	const nowMs = await deps.store.now();
	const [open, resolved, pending, unknown, ended, succeeded, troubled] = await Promise.all([
		incidents.list({ status: "open" }, { limit: 50 }),
		incidents.list({ status: "resolved" }, { limit: 20 }),
		approvals.list({ status: PENDING }, { limit: 200 }),
		approvals.list({ status: ["unknown"] }, { limit: 200 }),
		approvals.list({ status: ENDED, sinceMs: nowMs - 2 * DAY_MS }, { limit: 20 }),
		approvals.list({ status: ["succeeded"] }, { limit: 20 }),
		deliveries.troubled(),
	]);
	const withApprovals = await Promise.all(
		open.items.map(async (incident) => ({
			incident,
			approvals: (await approvals.list({ incidentId: incident.id }, { limit: 20 })).items,
		})),
	);
	const verified = succeeded.items.filter((approval) => !isUnchecked(approval));
	const firstVerifiedAtMs = verified.length > 1 ? 0 : verified[0]?.endedAtMs;
	return nowReading({
		nowMs,
		open: withApprovals,
		pending: pending.items,
		unknown: unknown.items,
		ended: ended.items,
		resolved: resolved.items,
		watches: deps.board.readings(),
		troubled,
		firstRun: deps.firstRun(),
		...(firstVerifiedAtMs === undefined ? {} : { firstVerifiedAtMs }),
	});
}
