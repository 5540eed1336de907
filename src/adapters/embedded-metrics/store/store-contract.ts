import type { Labels } from "../../../domain/time-series.ts";
import type { MetricMetadata } from "../../../ports/metrics-source.ts";
import type { SampleReader } from "../promql/sample-reader.ts";
import type { MemorySeries } from "./memory-series.ts";

/** Bounds of a store; each has its default in `limits.ts`. */
export type StoreLimits = {
	readonly maxSeries?: number;
	readonly maxSamples?: number;
	readonly maxChunkBytes?: number;
	readonly retentionMs?: number;
};

/**
 * What a store holds and what it could not take. `refusedSeries` counts label sets without room since room was last
 * freed (at most 10,000 are told apart); `droppedSamples` came out of order or twice; `evictedSamples` were the oldest.
 */
export type StoreStats = {
	readonly series: number;
	readonly samples: number;
	readonly chunkBytes: number;
	readonly refusedSeries: number;
	readonly droppedSamples: number;
	readonly evictedSamples: number;
	readonly oldestMs: number | undefined;
	readonly newestMs: number | undefined;
};

/** Time series in memory, bounded in every direction; the oldest samples give way first. */
export type SeriesStore = SampleReader & {
	/** The series of a label set, made where there is none; undefined (and counted) where there is no room. */
	readonly seriesFor: (labels: Labels) => MemorySeries | undefined;
	/** Adds a sample at `t`, cut to whole milliseconds. False, and no change, when it is not newer than the last. */
	readonly append: (series: MemorySeries, t: number, v: number) => boolean;
	/** Says that the series ended at `t`; ignored when it has a sample at or after that. */
	readonly markStale: (series: MemorySeries, t: number) => void;
	/** Takes a chunk that was taken out before; false when it overlaps what is there. Throws RangeError if damaged. */
	readonly adopt: (series: MemorySeries, bytes: Uint8Array) => boolean;
	/** Lets go what is older than the retention. Call it about once a minute. */
	readonly prune: (nowMs: number) => void;
	readonly describe: (metadata: MetricMetadata) => void;
	readonly metadata: () => readonly MetricMetadata[];
	readonly allSeries: () => Iterable<MemorySeries>;
	readonly descriptions: () => Iterable<MetricMetadata>;
	readonly stats: () => StoreStats;
};
