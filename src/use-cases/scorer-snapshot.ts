import { crc32 } from "node:zlib";
import { z } from "zod";
import type { BankDetector } from "../../models/define-bank.ts";
import type { SeriesTrack } from "./track-series.ts";

/** The saved state of some series of a watch: what the detector wrote of them, in the order of `series`. */
export type SavedChunk = {
	readonly series: readonly SavedSeries[];
	readonly bank: Uint8Array;
};

export type SavedSeries = {
	/** The text of its labels. */
	readonly name: string;
	readonly target: string;
	readonly seenMs: number;
	/** Where it is not quiet. */
	readonly track?: SeriesTrack | undefined;
};

const Head = z.object({
	detector: z.string(),
	version: z.number(),
	series: z.array(
		z.tuple([
			z.string(),
			z.string(),
			z.number(),
			z
				.object({
					open: z.boolean(),
					outsideSinceMs: z.number().optional(),
					outsideCount: z.number(),
					insideSinceMs: z.number().optional(),
					insideCount: z.number(),
					peakScore: z.number().optional(),
				})
				.nullable(),
		]),
	),
});

/** A checksum of all that follows, and the length of the head. */
const PREFIX_BYTES = 8;

/**
 * A chunk as bytes: checksum, length of the head, the head as JSON with detector, version and names, the detector's bytes.
 * They lie in memory that `room` gives, of at least the length it is asked for.
 */
export function packChunk(
	detector: Pick<BankDetector, "name" | "version">,
	chunk: SavedChunk,
	room: (length: number) => Uint8Array = (length) => new Uint8Array(length),
): Uint8Array {
	const series = chunk.series.map(({ name, target, seenMs, track }) => [name, target, seenMs, track ?? null]);
	const head = JSON.stringify({ detector: detector.name, version: detector.version, series });
	const headLength = Buffer.byteLength(head);
	const length = PREFIX_BYTES + headLength + chunk.bank.length;
	const { buffer, byteOffset } = room(length);
	const bytes = Buffer.from(buffer, byteOffset, length);
	bytes.writeUInt32LE(headLength, 4);
	bytes.write(head, PREFIX_BYTES);
	bytes.set(chunk.bank, PREFIX_BYTES + headLength);
	bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0);
	return bytes;
}

/** Undefined if the bytes are corrupt, or of another detector or version. */
export function unpackChunk(
	bytes: Uint8Array,
	detector: Pick<BankDetector, "name" | "version">,
): SavedChunk | undefined {
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (buffer.length < PREFIX_BYTES || buffer.readUInt32LE(0) !== crc32(buffer.subarray(4))) return undefined;
	const end = PREFIX_BYTES + buffer.readUInt32LE(4);
	try {
		const head = Head.parse(JSON.parse(buffer.subarray(PREFIX_BYTES, end).toString("utf8")));
		if (head.detector !== detector.name || head.version !== detector.version) return undefined;
		const series = head.series.map(([name, target, seenMs, track]) => ({
			name,
			target,
			seenMs,
			...(track ? { track } : {}),
		}));
		return { series, bank: buffer.subarray(end) };
	} catch {
		return undefined;
	}
}
