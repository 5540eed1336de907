import { judgesTargets } from "../../models/target/judges-targets.ts";
import type { Anomaly } from "../domain/anomaly.ts";
import { type Approval, statusText } from "../domain/approval.ts";
import type { VerificationSpec } from "../domain/plan.ts";
import type { Watch } from "../domain/watch.ts";

/** How soon a change must have helped, and for how long. */
export const CHECKED = { withinSeconds: 60, holdSeconds: 10 } as const;

/**
 * A remediation worth asking for, with the check that would show that it helped; without it where that must be read
 * from the metrics first.
 */
export type SuggestedRemediation = {
	readonly remediation: string;
	readonly parameters: Readonly<Record<string, string>>;
	readonly verification?: VerificationSpec;
};

/**
 * Which remediation an incident suggests, or why none. Pure. A remediation that was already tried, denied or is
 * being decided for this incident is not suggested again by itself.
 */
export function suggestRemediation(
	anomalies: readonly Anomaly[],
	watches: readonly Watch[],
	approvals: readonly Approval[],
): SuggestedRemediation | { readonly none: string } {
	const open = anomalies.filter((anomaly) => anomaly.closedAtMs === undefined);
	for (const anomaly of open.toSorted((a, b) => b.score - a.score)) {
		const watch = watches.find((item) => item.name === anomaly.watch);
		if (!watch?.remediation) continue;
		const { name } = watch.remediation;
		const earlier = approvals.find(
			(item) => item.plan.remediation === name && item.status !== "expired" && item.status !== "cancelled",
		);
		if (earlier)
			return { none: `${earlier.id} already asked for ${name} and is ${statusText(earlier.status)}` };
		return {
			remediation: name,
			parameters: Object.fromEntries(
				Object.entries(watch.remediation.parameters).map(([key, value]) => [
					key,
					// As a function: a name may hold what replaceAll takes for a pattern.
					value.replaceAll("$target", () => anomaly.target),
				]),
			),
			...(judgesTargets(watch) ? {} : { verification: verificationFor(watch, anomaly) }),
		};
	}
	return { none: "No watch of this incident names a remediation" };
}

/** The metric that raised an anomaly must come back into its band; sides that do not count are left open. */
export function verificationFor(watch: Watch, anomaly: Anomaly): VerificationSpec {
	const open = watch.floor ?? Number.MIN_SAFE_INTEGER;
	const low = watch.direction === "above" ? Math.min(open, anomaly.band.low) : anomaly.band.low;
	const high = watch.direction === "below" ? Number.MAX_SAFE_INTEGER : anomaly.band.high;
	return {
		watch: watch.name,
		metric: watch.metric,
		query: watch.query,
		labels: anomaly.labels,
		unit: watch.unit,
		band: { low, high },
		...CHECKED,
		intervalSeconds: watch.intervalSeconds,
	};
}
