import type { Alert, AlertNotice } from "../../src/domain/alert.ts";

/** A notice of a firing alert on checkout. */
export function exampleNotice(parts: Partial<AlertNotice> = {}): AlertNotice {
	return {
		fingerprint: "f00d",
		status: "firing",
		labels: { alertname: "HighErrorRate", service: "checkout", severity: "warning" },
		annotations: { summary: "Errors are over 5 %" },
		startsAtMs: 1_700_000_000_000,
		...parts,
	};
}

/** The same as it is kept. */
export function exampleAlert(parts: Partial<Alert> = {}): Alert {
	const { status: _status, ...told } = exampleNotice();
	return {
		...told,
		id: "AL-1",
		name: "HighErrorRate",
		target: "checkout",
		environment: "local",
		severity: "medium",
		incidentId: "INC-1",
		receivedAtMs: 1_700_000_030_000,
		...parts,
	};
}
