import { gunzipSync, gzipSync } from "node:zlib";
import { z } from "zod";
import { Severity } from "../domain/severity.ts";
import { labelsText } from "../domain/time-series.ts";
import type { Watch, WatchStatus } from "../domain/watch.ts";
import type { Store, WatchStore } from "../ports/store.ts";
import type { ScoredPoint, WatchReading } from "../ports/watch-board.ts";
import type { WritableWatchBoard } from "./watch-board.ts";

const MOST_SERIES = 200;
const MOST_POINTS = 120;

type BoardDeps = {
	readonly store: Pick<Store, "now"> & {
		readonly watches: Pick<WatchStore, "loadSnapshot" | "saveSnapshot">;
	};
	readonly board: WritableWatchBoard;
};

/** Old rows of this name are pruned, by the time that is their fencing token. */
const nameOf = (watch: Watch) => `board:${watch.name}`;

/**
 * A function that keeps in the store what this process knows of the watches it scores, for processes that score none:
 * of each watch the newest 120 points of at most 200 series. What has not changed is not written again.
 */
export function createBoardSharer(
	{ store, board }: BoardDeps,
	watches: readonly Watch[],
): () => Promise<void> {
	const shared = new Map<string, WatchStatus>();
	return async () => {
		for (const watch of watches) {
			const reading = board.reading(watch.name);
			const status = reading?.status;
			if (!reading || !status || shared.get(watch.name) === status) continue;
			// A watch that another replica scores is as it was made.
			if (status.lastScoredAtMs === undefined && status.state === "learning" && !status.absent) continue;
			await store.watches.saveSnapshot(nameOf(watch), pack(reading), await store.now());
			shared.set(watch.name, status);
		}
	};
}

/** A function that brings a board to what another process has shared. What can't be read is left out. */
export function createBoardFollower(
	{ store, board }: BoardDeps,
	watches: readonly Watch[],
): () => Promise<void> {
	const newest = new Map<string, ReadonlyMap<string, number>>();
	return async () => {
		for (const watch of watches) {
			const bytes = await store.watches.loadSnapshot(nameOf(watch));
			const told = bytes && unpack(bytes);
			if (!told) continue;
			const before = newest.get(watch.name) ?? new Map<string, number>();
			const seen = new Map<string, number>();
			board.setStatus(watch, told.status);
			for (const { labels, target, severity, points } of told.series) {
				const key = labelsText(labels);
				const since = before.get(key) ?? Number.NEGATIVE_INFINITY;
				for (const point of points.map(toPoint).filter(({ t }) => t > since))
					board.addPoint(watch, key, { labels, target }, point);
				board.setSeverity(watch.name, key, severity);
				seen.set(key, points.at(-1)?.[0] ?? since);
			}
			for (const key of before.keys()) if (!seen.has(key)) board.dropSeries(watch.name, key);
			newest.set(watch.name, seen);
		}
	};
}

const Point = z.tuple([z.number(), z.number(), z.number().nullable(), z.number().nullable(), z.number()]);
const SharedReading = z.object({
	status: z.object({
		name: z.string(),
		state: z.enum(["learning", "ready", "failed"]),
		progress: z.number(),
		samples: z.number(),
		samplesNeeded: z.number(),
		seriesCount: z.number(),
		lastScoredAtMs: z.number().optional(),
		problem: z.string().optional(),
		note: z.string().optional(),
		absent: z.boolean().optional(),
	}),
	series: z.array(
		z.object({
			labels: z.record(z.string(), z.string()),
			target: z.string(),
			severity: Severity.optional(),
			points: z.array(Point),
		}),
	),
});

function pack({ status, series }: WatchReading): Uint8Array {
	const shown = series.slice(0, MOST_SERIES).map(({ labels, target, severity, points }) => ({
		labels,
		target,
		severity,
		points: points
			.slice(-MOST_POINTS)
			.filter(({ v, score }) => Number.isFinite(v) && Number.isFinite(score))
			.map(({ t, v, low, high, score }) => [t, v, low ?? null, high ?? null, score]),
	}));
	return gzipSync(JSON.stringify({ status, series: shown }));
}

function unpack(bytes: Uint8Array): z.infer<typeof SharedReading> | undefined {
	try {
		return SharedReading.parse(JSON.parse(gunzipSync(bytes, { maxOutputLength: 32e6 }).toString()));
	} catch {
		return undefined;
	}
}

function toPoint([t, v, low, high, score]: z.infer<typeof Point>): ScoredPoint {
	return { t, v, score, ...(low === null ? {} : { low }), ...(high === null ? {} : { high }) };
}
