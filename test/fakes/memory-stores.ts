import type { ReadStores } from "../../skills/define-skill.ts";
import type { Alert } from "../../src/domain/alert.ts";
import type { Anomaly } from "../../src/domain/anomaly.ts";
import type { Approval } from "../../src/domain/approval.ts";
import type { Incident } from "../../src/domain/incident.ts";
import type { Page, PageRequest } from "../../src/ports/page.ts";

/** The read side of the stores over lists, newest first, paged as the real one is. */
export function memoryStores(held: {
	readonly incidents?: readonly Incident[];
	readonly anomalies?: readonly Anomaly[];
	readonly approvals?: readonly Approval[];
	readonly alerts?: readonly Alert[];
}): ReadStores {
	const { incidents = [], anomalies = [], approvals = [], alerts = [] } = held;
	return {
		alerts: {
			ofIncident: async (id) => alerts.filter((one) => one.incidentId === id),
			list: async ({ status, sinceMs = 0 }, page) =>
				paged(
					alerts.filter(
						(one) =>
							(status === undefined || (status === "firing") === (one.resolvedAtMs === undefined)) &&
							one.startsAtMs >= sinceMs,
					),
					(one) => one.startsAtMs,
					page,
				),
		},
		incidents: {
			get: async (id) => incidents.find((one) => one.id === id),
			list: async ({ status, sinceMs = 0 }, page) =>
				paged(
					incidents.filter(
						(one) => (status === undefined || one.status === status) && one.openedAtMs >= sinceMs,
					),
					(one) => one.openedAtMs,
					page,
				),
		},
		anomalies: {
			get: async (id) => anomalies.find((one) => one.id === id),
			ofIncident: async (id) => anomalies.filter((one) => one.incidentId === id),
			list: async ({ status, sinceMs = 0 }, page) =>
				paged(
					anomalies.filter(
						(one) =>
							(status === undefined || (status === "open") === (one.closedAtMs === undefined)) &&
							one.openedAtMs >= sinceMs,
					),
					(one) => one.openedAtMs,
					page,
				),
		},
		approvals: {
			get: async (id) => approvals.find((one) => one.id === id),
			list: async ({ status, target, incidentId }, page) =>
				paged(
					approvals.filter(
						(one) =>
							(status === undefined || status.includes(one.status)) &&
							(incidentId === undefined || one.incidentId === incidentId) &&
							(target === undefined || one.plan.targets.some((item) => item.name === target)),
					),
					(one) => one.createdAtMs,
					page,
				),
		},
	};
}

function paged<T>(items: readonly T[], when: (item: T) => number, { limit, cursor }: PageRequest): Page<T> {
	const sorted = items.toSorted((a, b) => when(b) - when(a));
	const from = Number(cursor ?? 0);
	const next = from + limit < sorted.length ? { next: String(from + limit) } : {};
	return { items: sorted.slice(from, from + limit), ...next };
}
