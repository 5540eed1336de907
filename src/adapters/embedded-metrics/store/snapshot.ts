import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { AppError } from "../../../domain/errors.ts";
import type { Labels } from "../../../domain/time-series.ts";
import type { MetricMetadata } from "../../../ports/metrics-source.ts";
import { encodeChunk } from "./chunk-codec.ts";
import { chunkBytes } from "./memory-series.ts";
import type { SeriesStore } from "./store-contract.ts";
import { type ByteCursor, readVarint, writeVarint } from "./varint.ts";

const MAGIC = "smartcloudops-metrics";
const VERSION = 1;

/** Largest snapshot, unpacked: the store's own bound and room for labels. */
const MAX_SNAPSHOT_BYTES = 64 * 1024 * 1024;

/** What a restore brought back. */
export type Restored = { readonly series: number; readonly samples: number };

/**
 * Everything in the store as one compressed buffer, for `restoreSnapshot`. The copy is taken at once (a few
 * milliseconds); compressing happens off the event loop.
 */
export async function takeSnapshot(store: SeriesStore): Promise<Buffer> {
	const parts: Uint8Array[] = [Buffer.from(`${MAGIC}\n${VERSION}\n`)];
	const put = (bytes: Uint8Array): void => {
		parts.push(varintBytes(bytes.length), bytes);
	};
	put(Buffer.from(JSON.stringify([...store.descriptions()])));
	for (const series of store.allSeries()) {
		const open =
			series.openCount > 0 ? [encodeChunk(series.openTimes, series.openValues, series.openCount)] : [];
		const chunks = [...series.chunks.map(chunkBytes), ...open];
		put(Buffer.from(JSON.stringify(series.labels)));
		parts.push(varintBytes(chunks.length));
		for (const chunk of chunks) put(chunk);
	}
	return promisify(gzip)(Buffer.concat(parts), { level: 1 });
}

/**
 * Brings a snapshot back into a store that is still empty, without samples later than `nowMs` plus a minute (a clock
 * that was set back would block new ones). Throws `invalid` where the buffer is damaged, too large or of another
 * version; the store may then hold a part and should be thrown away.
 */
export async function restoreSnapshot(
	store: SeriesStore,
	snapshot: Uint8Array,
	nowMs: number,
): Promise<Restored> {
	try {
		const bytes = await promisify(gunzip)(snapshot, { maxOutputLength: MAX_SNAPSHOT_BYTES });
		const series = readSeries(store, bytes, nowMs);
		store.prune(nowMs);
		return { series, samples: store.stats().samples };
	} catch (error) {
		throw new AppError(
			"invalid",
			"The snapshot of the metrics is damaged or of another version; delete it.",
			{
				cause: error,
			},
		);
	}
}

function readSeries(store: SeriesStore, bytes: Buffer, nowMs: number): number {
	const header = `${MAGIC}\n${VERSION}\n`;
	if (bytes.toString("latin1", 0, header.length) !== header) throw new RangeError("another header");
	const cursor: ByteCursor = { bytes, at: header.length };
	for (const metadata of readJson(cursor) as readonly MetricMetadata[]) store.describe(metadata);
	let count = 0;
	for (; cursor.at < bytes.length; count += 1) {
		const series = store.seriesFor(readJson(cursor) as Labels);
		const chunks = readVarint(cursor);
		for (let chunk = 0; chunk < chunks; chunk += 1) {
			const given = readBytes(cursor);
			if (series && startsBefore(given, nowMs + 60_000)) store.adopt(series, given);
		}
		// Nothing was measured while the product was down, so the last value must not pass for the present one.
		if (series) store.markStale(series, series.lastMs + 1);
	}
	return count;
}

/** A chunk begins with its count and the time of its first sample. */
function startsBefore(chunk: Uint8Array, limitMs: number): boolean {
	const cursor: ByteCursor = { bytes: chunk, at: 0 };
	readVarint(cursor);
	return readVarint(cursor) < limitMs;
}

function varintBytes(value: number): Uint8Array {
	const cursor: ByteCursor = { bytes: new Uint8Array(8), at: 0 };
	writeVarint(cursor, value);
	return cursor.bytes.subarray(0, cursor.at);
}

function readBytes(cursor: ByteCursor): Uint8Array {
	const length = readVarint(cursor);
	if (cursor.at + length > cursor.bytes.length) throw new RangeError("the data ends too early");
	cursor.at += length;
	return cursor.bytes.subarray(cursor.at - length, cursor.at);
}

function readJson(cursor: ByteCursor): unknown {
	return JSON.parse(Buffer.from(readBytes(cursor)).toString("utf8"));
}
