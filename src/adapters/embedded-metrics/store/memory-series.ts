import type { Labels } from "../../../domain/time-series.ts";
import type { ReadableSeries, SampleBlock } from "../promql/sample-reader.ts";
import type { ByteArena, StoredBytes } from "./byte-arena.ts";
import { decodeChunk, encodeChunk } from "./chunk-codec.ts";
import { CHUNK_SAMPLES } from "./limits.ts";

/** A compressed run of samples: `length` bytes of `block` from `offset` on, read by `decodeChunk`. */
export type Chunk = StoredBytes & {
	readonly minMs: number;
	readonly maxMs: number;
	readonly count: number;
};

/**
 * One series in memory: compressed chunks, oldest first, and an open one of plain numbers. `lastMs` is the time of
 * its newest sample; `alive` turns false once the store has forgotten it.
 */
export type MemorySeries = ReadableSeries & {
	readonly key: string;
	alive: boolean;
	lastMs: number;
	chunks: Chunk[];
	openTimes: Float64Array;
	openValues: Float64Array;
	openCount: number;
};

const FIRST_ROOM = 16;

/** A series without samples. `key` identifies its labels. */
export function createSeries(labels: Labels, key: string): MemorySeries {
	const series: MemorySeries = {
		labels,
		key,
		alive: true,
		lastMs: Number.NEGATIVE_INFINITY,
		chunks: [],
		openTimes: new Float64Array(FIRST_ROOM),
		openValues: new Float64Array(FIRST_ROOM),
		openCount: 0,
		read: (afterMs, untilMs) => readSamples(series, afterMs, untilMs),
	};
	return series;
}

/** Makes room for more open samples; false when the open chunk has its full size and must be sealed. */
export function growOpen(series: MemorySeries): boolean {
	if (series.openTimes.length >= CHUNK_SAMPLES) return false;
	const room = Math.min(CHUNK_SAMPLES, series.openTimes.length * 2);
	const times = new Float64Array(room);
	const values = new Float64Array(room);
	times.set(series.openTimes);
	values.set(series.openValues);
	series.openTimes = times;
	series.openValues = values;
	return true;
}

/** Compresses the open samples; gives the new chunk, undefined where there are none. */
export function sealOpen(series: MemorySeries, arena: ByteArena): Chunk | undefined {
	const { openTimes, openValues, openCount } = series;
	if (openCount === 0) return undefined;
	const chunk: Chunk = {
		...arena.keep(encodeChunk(openTimes, openValues, openCount)),
		minMs: openTimes[0] ?? 0,
		maxMs: openTimes[openCount - 1] ?? 0,
		count: openCount,
	};
	series.chunks.push(chunk);
	series.openCount = 0;
	return chunk;
}

/** The bytes of a chunk, sharing the arena's memory. */
export function chunkBytes({ block, offset, length }: StoredBytes): Uint8Array {
	return block.subarray(offset, offset + length);
}

function readSamples(series: MemorySeries, afterMs: number, untilMs: number): SampleBlock {
	const blocks: SampleBlock[] = [];
	for (const chunk of series.chunks)
		if (chunk.maxMs > afterMs && chunk.minMs <= untilMs)
			blocks.push(cut(decodeChunk(chunkBytes(chunk)), afterMs, untilMs));
	const { openTimes, openValues, openCount } = series;
	const open = { times: openTimes.subarray(0, openCount), values: openValues.subarray(0, openCount) };
	blocks.push(cut(open, afterMs, untilMs));
	return joined(blocks);
}

function cut({ times, values }: SampleBlock, afterMs: number, untilMs: number): SampleBlock {
	const from = firstAfter(times, afterMs);
	const to = firstAfter(times, untilMs);
	return { times: times.subarray(from, to), values: values.subarray(from, to) };
}

/** The index of the first time after `ms`, by halving. */
function firstAfter(times: Float64Array, ms: number): number {
	let low = 0;
	let high = times.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((times[middle] ?? 0) > ms) high = middle;
		else low = middle + 1;
	}
	return low;
}

/** Copies into arrays of their own, so that a reader is not disturbed by later samples. */
function joined(blocks: readonly SampleBlock[]): SampleBlock {
	const length = blocks.reduce((sum, block) => sum + block.times.length, 0);
	const times = new Float64Array(length);
	const values = new Float64Array(length);
	let at = 0;
	for (const block of blocks) {
		times.set(block.times, at);
		values.set(block.values, at);
		at += block.times.length;
	}
	return { times, values };
}
