import type { WatchView } from "../api/types.generated.ts";

const SEVERITY_RANK = { critical: 0, high: 1, medium: 2, low: 3 } as const;

/** Watches by need of attention: outside (worst first), failed, learning, then by how far from their middle they are. */
export function byNeedOfAttention(watches: readonly WatchView[]): readonly WatchView[] {
	return watches.toSorted(
		(a, b) => rank(a) - rank(b) || distance(b) - distance(a) || a.name.localeCompare(b.name),
	);
}

function rank(watch: WatchView): number {
	if (watch.severity) return SEVERITY_RANK[watch.severity];
	return { failed: 4, ready: 5, learning: 6 }[watch.state];
}

/** Distance of the newest value from the middle of its band, in half widths, in steps coarse enough to keep places still. */
function distance(watch: WatchView): number {
	const last = watch.spark.findLast((point) => point.v !== null);
	if (!last || last.v === null || last.low === undefined || last.high === undefined) return 0;
	const half = (last.high - last.low) / 2;
	return half > 0 ? Math.floor(Math.abs(last.v - (last.low + half)) / half) : 0;
}
