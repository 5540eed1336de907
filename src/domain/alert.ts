import type { Severity } from "./severity.ts";
import type { Labels } from "./time-series.ts";

/** A firing rule as one sender tells of it. Senders that repeat each other agree on `fingerprint` and `startsAtMs`. */
export type AlertNotice = {
	readonly fingerprint: string;
	readonly status: "firing" | "resolved";
	readonly labels: Labels;
	readonly annotations: Readonly<Record<string, string>>;
	readonly startsAtMs: number;
	readonly endsAtMs?: number;
	/** The page of the rule in Prometheus; shown, never fetched. */
	readonly generatorUrl?: string;
};

/** A firing rule from Prometheus or Alertmanager, joined to the incident of its target. */
export type Alert = Omit<AlertNotice, "status"> & {
	readonly id: string;
	readonly name: string;
	readonly target: string;
	readonly environment: string;
	readonly severity: Severity;
	/** Undefined where it was over before anything was opened for it. */
	readonly incidentId?: string;
	/** When it was last told of something that changed it. */
	readonly receivedAtMs: number;
	/** Undefined while it fires. */
	readonly resolvedAtMs?: number;
};
