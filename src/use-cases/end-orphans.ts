import type { Anomaly } from "../domain/anomaly.ts";
import type { Watch } from "../domain/watch.ts";
import type { Store } from "../ports/store.ts";
import { type BlindIncidentDeps, closeBlind } from "./blind-incidents.ts";
import { endUnseen } from "./end-unseen.ts";
import type { Blindness } from "./watch-blindness.ts";

const LEASE_SECONDS = 30;
const PAGE = 200;

/**
 * Ends the open anomalies of watches that are not there any more: nobody would ever see them inside their band. Those of
 * a watch that another replica scores are left alone.
 */
export async function endOrphans(
	deps: {
		readonly store: Pick<Store, "anomalies" | "leases" | "transaction">;
		readonly owner: string;
		/** An anomaly ended. */
		closed(anomaly: Anomaly): Promise<void>;
	},
	watches: readonly Watch[],
): Promise<void> {
	const { anomalies, leases } = deps.store;
	const known = new Set(watches.map(({ name }) => name));
	const { items } = await anomalies.list({ status: "open" }, { limit: PAGE });
	const orphans = items.filter(({ watch }) => !known.has(watch));
	for (const name of new Set(orphans.map(({ watch }) => watch))) {
		const lease = `watch:${name}`;
		if ((await leases.acquire(lease, deps.owner, LEASE_SECONDS)) === undefined) continue;
		try {
			for (const anomaly of await anomalies.openOf(name))
				await deps.closed(await endUnseen(deps.store, anomaly, "removed"));
		} finally {
			await leases.release(lease, deps.owner);
		}
	}
}

/**
 * Ends the blind incidents that a watch opened which is not there any more: others would have to see the target before
 * they end, and there may be none. Those that a watch here is in, or that another replica's may be, are left alone.
 */
export async function endBlindOrphans(
	deps: BlindIncidentDeps & { readonly owner: string; readonly blindness: Pick<Blindness, "isBlind"> },
	watches: readonly Watch[],
): Promise<void> {
	const { incidents, audit, leases } = deps.store;
	const known = new Set(watches.map(({ name }) => name));
	const { items } = await incidents.list({ status: "open" }, { limit: PAGE });
	for (const { id, kind, target, environment } of items) {
		if (kind !== "blind" || deps.blindness.isBlind(environment, target)) continue;
		const { items: records } = await audit.list({ subject: `incident:${id}` }, { limit: PAGE });
		const name = records.find(({ action }) => action === "incident.opened")?.data.watch;
		if (typeof name !== "string" || known.has(name)) continue;
		const lease = `watch:${name}`;
		if ((await leases.acquire(lease, deps.owner, LEASE_SECONDS)) === undefined) continue;
		try {
			await closeBlind(deps, { environment, name }, target, "removed");
		} finally {
			await leases.release(lease, deps.owner);
		}
	}
}
