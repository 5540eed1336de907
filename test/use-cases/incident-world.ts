import type { Anomaly } from "../../src/domain/anomaly.ts";
import type { Approval } from "../../src/domain/approval.ts";
import type { Incident } from "../../src/domain/incident.ts";
import type { Watch } from "../../src/domain/watch.ts";
import { type Finding, openIncident } from "../../src/use-cases/open-incident.ts";
import { exampleApproval } from "../fakes/example-approval.ts";
import { exampleWatch } from "../fakes/example-watch.ts";
import { openTestStore, type TestStore } from "../support/postgres.ts";

const MB = 1024 ** 2;

/** A finding of 804 MB on a watch. */
export function exampleFinding(watch: Watch = exampleWatch(), parts: Partial<Finding> = {}): Finding {
	return {
		watch,
		labels: {},
		target: "name" in watch.target ? watch.target.name : "checkout",
		atMs: 1_700_000_060_000,
		outsideSinceMs: 1_700_000_056_000,
		value: 804 * MB,
		score: 4,
		severity: "high",
		band: { low: 190 * MB, high: 260 * MB },
		recent: [],
		...parts,
	};
}

export type IncidentWorld = {
	readonly test: TestStore;
	readonly deps: { readonly store: TestStore["store"]; readonly jobs: { nudge(): void } };
	open(finding: Finding): Promise<Anomaly>;
	close(anomaly: Anomaly, atMs?: number): Promise<Anomaly>;
	incident(id: string): Promise<Incident>;
	/** A request for an incident, in any state. */
	request(incidentId: string, parts?: Partial<Approval>): Promise<Approval>;
	/** How many jobs of a kind wait for an incident. */
	jobs(name: "publish-incident" | "explain-incident", incidentId: string): Promise<number>;
	audited(subject: string): Promise<readonly string[]>;
};

/** A store in which incidents can be opened and looked at. */
export async function incidentWorld(): Promise<IncidentWorld> {
	const test = await openTestStore();
	const { store } = test;
	const deps = { store, jobs: { nudge: () => undefined } };
	return {
		test,
		deps,
		open: (finding) => openIncident(deps, finding),
		close: async (anomaly, atMs = anomaly.openedAtMs + 60_000) => {
			const closed = { ...anomaly, closedAtMs: atMs };
			await store.anomalies.save(closed);
			return closed;
		},
		incident: async (id) => {
			const incident = await store.incidents.get(id);
			if (!incident) throw new Error(`${id} is gone`);
			return incident;
		},
		request: async (incidentId, parts = {}) => {
			const { id: _id, version: _version, decisions: _decisions, ...request } = exampleApproval(parts);
			const nowMs = await store.now();
			return store.approvals.create({
				...request,
				incidentId,
				createdAtMs: nowMs,
				expiresAtMs: nowMs + 900_000,
			});
		},
		jobs: async (name, incidentId) => {
			const rows = await test.query(
				"select id from smartcloudops_jobs.job where name = $1 and data->>'incidentId' = $2",
				[name, incidentId],
			);
			return rows.length;
		},
		audited: async (subject) => {
			const { items } = await store.audit.list({ subject }, { limit: 200 });
			return items.map((record) => record.action).toReversed();
		},
	};
}
