import { z } from "zod";
import type { Detector } from "../../models/define-detector.ts";
import type { Labels } from "../domain/time-series.ts";

/** The saved state of one series of a watch. */
export type SnapshotEntry = {
	readonly labels: Labels;
	readonly target: string;
	readonly lastSeenMs: number;
	readonly detector: Uint8Array;
};

const Saved = z.object({
	detector: z.string(),
	version: z.number(),
	entries: z.array(
		z.object({
			labels: z.record(z.string(), z.string()),
			target: z.string(),
			lastSeenMs: z.number(),
			detector: z.string(),
		}),
	),
});

/** Entries as bytes: JSON with the detector's bytes in base64, headed by the detector's name and version. */
export function packSnapshot(detector: Detector, entries: readonly SnapshotEntry[]): Uint8Array {
	const body = entries.map((entry) => ({
		...entry,
		detector: Buffer.from(entry.detector).toString("base64"),
	}));
	return new TextEncoder().encode(
		JSON.stringify({ detector: detector.name, version: detector.version, entries: body }),
	);
}

/** Undefined if the bytes are corrupt or of another detector or version. */
export function unpackSnapshot(bytes: Uint8Array, detector: Detector): SnapshotEntry[] | undefined {
	try {
		const saved = Saved.parse(JSON.parse(new TextDecoder().decode(bytes)));
		if (saved.detector !== detector.name || saved.version !== detector.version) return undefined;
		return saved.entries.map((entry) => ({
			...entry,
			detector: new Uint8Array(Buffer.from(entry.detector, "base64")),
		}));
	} catch {
		return undefined;
	}
}
