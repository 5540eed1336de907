import type { Anomaly } from "../../src/domain/anomaly.ts";
import { endedByItself } from "../../src/domain/came-back-after.ts";
import type { Incident } from "../../src/domain/incident.ts";
import type { Store } from "../../src/ports/store.ts";
import { endIncidentIfOver } from "../../src/use-cases/end-incident.ts";
import { endOrphans } from "../../src/use-cases/end-orphans.ts";
import { endUnseen } from "../../src/use-cases/end-unseen.ts";
import { incidentState } from "../../src/use-cases/incident-state.ts";
import { incidentTitle } from "../../src/use-cases/incident-title.ts";
import { quietSentence } from "../../src/use-cases/now-quiet.ts";
import { recentEvents } from "../../src/use-cases/now-recent.ts";
import { exampleAnomaly, exampleIncident, exampleWatch } from "../fakes/example-watch.ts";
import { aReading } from "../handlers/support/samples.ts";

const NOW_MS = 1_700_000_200_000;
const nothing = async () => undefined;

/** A store with one incident and its one open finding. */
function storeOf() {
	let incident: Incident = exampleIncident();
	let anomaly: Anomaly = exampleAnomaly({ incidentId: incident.id });
	const isOpen = () => anomaly.closedAtMs === undefined;
	const stores = {
		now: async () => NOW_MS,
		incidents: {
			getForUpdate: async () => incident,
			save: async (next: Incident) => {
				incident = next;
			},
		},
		anomalies: {
			list: async () => ({ items: [anomaly] }),
			openOf: async () => (isOpen() ? [anomaly] : []),
			ofIncident: async () => [anomaly],
			save: async (next: Anomaly) => {
				anomaly = next;
			},
		},
		approvals: { list: async () => ({ items: [] }) },
		alerts: { ofIncident: async () => [] },
		executions: { recent: async () => [] },
		leases: { acquire: async () => 1, release: nothing },
		audit: { append: nothing },
		enqueue: nothing,
		announce: nothing,
		transaction: (work: (inner: unknown) => unknown) => work(stores),
	};
	const store = stores as unknown as Store;
	const end = () => endIncidentIfOver({ store, jobs: { nudge: () => undefined } }, incident.id);
	return { store, end, read: () => ({ incident, anomaly }) };
}

const SENTENCE =
	/The watch checkout-memory, which had found this, was removed; that the value came back was not seen/;

test("the incident of a removed watch is closed and is told nowhere to have recovered", async () => {
	const { store, end, read } = storeOf();
	await endOrphans({ store, owner: "here", closed: async () => void (await end()) }, []);
	const { incident, anomaly } = read();
	expect(anomaly.closedAtMs).toBe(NOW_MS);
	expect(incident).toMatchObject({ status: "resolved", outcome: "closed" });
	expect(incident.explanation).toMatch(SENTENCE);
	expect(incident.timeline.slice(-2).map(({ text }) => text)).toEqual([
		expect.stringMatching(SENTENCE),
		"Closed; that it came back was not seen",
	]);
	expect(endedByItself(incident)).toBe(false);
	const watches = [exampleWatch()];
	expect(incidentTitle({ incident, anomalies: [anomaly], watches })).toBe(
		"checkout: the watch that noticed this looks there no more",
	);
	expect(incidentState(incident, undefined).text).toBe("Closed");
	expect(recentEvents({ nowMs: NOW_MS, ended: [], resolved: [incident] })[0]).toMatchObject({
		title: "checkout was closed",
		state: "info",
	});
	const facts = {
		nowMs: NOW_MS + 600_000,
		watches: [aReading()],
		resolved: [incident],
		inside: 1,
		troubled: [],
	};
	expect(quietSentence(facts).lead).toMatch(/was closed at [^ ]+\.$/);
});

test("a finding whose watch observes something else now ends unseen, with that reason", async () => {
	const { store, end, read } = storeOf();
	await endUnseen(store, read().anomaly, "changed");
	await end();
	expect(read().incident.outcome).toBe("closed");
	expect(read().incident.explanation).toMatch(
		/observes something else now; that the value came back was not seen\.$/,
	);
});
