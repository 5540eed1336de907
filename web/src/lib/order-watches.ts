import type { WatchView } from "../api/types.generated.ts";

const SEVERITY_RANK = { critical: 0, high: 1, medium: 2, low: 3 } as const;
const OUTSIDE_RANK = 4;
const STATE_RANK = { failed: 5, ready: 6, learning: 7 } as const;

/**
 * Watches, least usual first: by severity, then those outside their band without a finding, those without data,
 * those inside and those that learn; among equals by the distance of the newest value from its band.
 */
export function leastUsualFirst(watches: readonly WatchView[]): readonly WatchView[] {
	return watches.toSorted(
		(a, b) => rank(a) - rank(b) || outside(b) - outside(a) || a.name.localeCompare(b.name),
	);
}

function rank(watch: WatchView): number {
	if (watch.state === "ready" && watch.severity) return SEVERITY_RANK[watch.severity];
	return watch.state === "ready" && outside(watch) > 0 ? OUTSIDE_RANK : STATE_RANK[watch.state];
}

/** Whether the newest value is outside a band that says anything. */
export function isOutsideBand({ spark }: Pick<WatchView, "spark">): boolean {
	const last = spark.findLast((point) => point.v !== null);
	if (!last || last.v === null || last.low === undefined || last.high === undefined) return false;
	return last.high > last.low && (last.v < last.low || last.v > last.high);
}

/** How far outside its band the newest value is, in widths of the band; 0 inside and where there is no band. */
function outside(watch: WatchView): number {
	const last = watch.spark.findLast((point) => point.v !== null);
	if (!last || last.v === null || last.low === undefined || last.high === undefined) return 0;
	const beyond = Math.max(last.low - last.v, last.v - last.high, 0);
	if (beyond === 0) return 0;
	return last.high > last.low ? beyond / (last.high - last.low) : Number.MAX_VALUE;
}
