import type { Anomaly } from "../../src/domain/anomaly.ts";
import type { Incident } from "../../src/domain/incident.ts";
import type { Watch } from "../../src/domain/watch.ts";

const MEGABYTE = 1024 * 1024;

/** A watch on the memory of checkout, scored every 2 s. */
export function exampleWatch(parts: Partial<Watch> = {}): Watch {
	return {
		name: "checkout-memory",
		metric: "memory",
		kind: "memory",
		query: 'max(process_resident_memory_bytes{job="checkout"})',
		unit: "bytes",
		intervalSeconds: 2,
		target: { name: "checkout" },
		environment: "local",
		direction: "above",
		minimumChange: 16 * MEGABYTE,
		forSeconds: 0,
		maximumSeverity: "high",
		floor: 0,
		remediation: { name: "restart-service", parameters: { service: "$target" } },
		...parts,
	};
}

/** An open anomaly: 804 MB where 190 to 260 MB were expected. */
export function exampleAnomaly(parts: Partial<Anomaly> = {}): Anomaly {
	return {
		id: "AN-1",
		watch: "checkout-memory",
		target: "checkout",
		environment: "local",
		labels: {},
		query: 'max(process_resident_memory_bytes{job="checkout"})',
		incidentId: "INC-1",
		openedAtMs: 60_000,
		outsideSinceMs: 56_000,
		lastSeenAtMs: 90_000,
		score: 4,
		severity: "high",
		value: 804 * MEGABYTE,
		peak: 804 * MEGABYTE,
		band: { low: 190 * MEGABYTE, high: 260 * MEGABYTE },
		explanation: "Memory is 804 MB, expected 190–260 MB.",
		...parts,
	};
}

/** An open incident of checkout. */
export function exampleIncident(parts: Partial<Incident> = {}): Incident {
	return {
		id: "INC-1",
		target: "checkout",
		environment: "local",
		kind: "anomaly",
		status: "open",
		severity: "high",
		title: "checkout: memory is over three times its usual level and rising",
		explanation: "Memory is 804 MB, expected 190–260 MB.",
		openedAtMs: 60_000,
		timeline: [{ atMs: 56_000, kind: "seen", text: "memory left its band", severity: "high" }],
		version: 1,
		...parts,
	};
}
