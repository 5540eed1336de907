import type { Anomaly } from "../domain/anomaly.ts";
import { withEntry } from "../domain/incident.ts";
import type { Store } from "../ports/store.ts";
import type { WatchGone } from "./blind-incidents.ts";

/**
 * Ends a finding whose watch observes it no more, and says so in its incident: that the value came back was not seen.
 * Gives the finding as it ended.
 */
export function endUnseen(
	store: Pick<Store, "transaction">,
	anomaly: Anomaly,
	why: WatchGone,
): Promise<Anomaly> {
	return store.transaction(async (stores) => {
		const atMs = await stores.now();
		const incident = await stores.incidents.getForUpdate(anomaly.incidentId);
		const closed = { ...anomaly, closedAtMs: atMs };
		await stores.anomalies.save(closed);
		if (!incident || incident.status === "resolved") return closed;
		const text = unseenText(anomaly.watch, why);
		const explanation = `${incident.explanation} ${text}.`.trimStart();
		const timeline = withEntry(incident.timeline, { atMs, kind: "note", text, unseen: true });
		await stores.incidents.save({ ...incident, explanation, timeline });
		return closed;
	});
}

function unseenText(watch: string, why: WatchGone): string {
	const happened = why === "removed" ? "was removed" : "observes something else now";
	return `The watch ${watch}, which had found this, ${happened}; that the value came back was not seen`;
}
