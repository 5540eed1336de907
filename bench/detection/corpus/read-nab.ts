import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { LabelledSeries, Readings, Window } from "./labelled-series.ts";
import { readFiles } from "./read-files.ts";
import { columnOf, readTable } from "./read-table.ts";

const Manifest = z.array(
	z.object({ file: z.string(), windows: z.array(z.tuple([z.number(), z.number()])).optional() }),
);

/**
 * The NAB series under `dir`/nab. Windows come from manifest.json; where that does not name the file, from the runs
 * of its labels.
 */
export function readNab(dir: string): Readings<LabelledSeries> {
	const { windowsOf, complaint } = readManifest(join(dir, "manifest.json"));
	const readings = readFiles(dir, "nab", (path, name) => {
		const table = readTable(path);
		const timesMs = columnOf(table, "unix").map((seconds) => seconds * 1000);
		const labels = Uint8Array.from(columnOf(table, "label"), (label) => (label > 0 ? 1 : 0));
		const windows = windowsOf.get(`nab/${name}.csv.gz`) ?? windowsFromLabels(timesMs, labels);
		const category = name.slice(0, Math.max(0, name.lastIndexOf("/")));
		return { name, category, timesMs, values: columnOf(table, "value"), labels, windows };
	});
	return readings.items.length > 0 && complaint !== undefined
		? { ...readings, skipped: [complaint, ...readings.skipped] }
		: readings;
}

/** The runs of equal labels 1 as windows. */
export function windowsFromLabels(timesMs: Float64Array, labels: Uint8Array): Window[] {
	const windows: Window[] = [];
	let start = -1;
	for (let i = 0; i <= labels.length; i += 1) {
		const inside = (labels[i] ?? 0) > 0;
		if (inside && start < 0) start = i;
		if (inside || start < 0) continue;
		windows.push([timesMs[start] ?? 0, timesMs[i - 1] ?? 0]);
		start = -1;
	}
	return windows;
}

function readManifest(path: string): {
	readonly windowsOf: ReadonlyMap<string, readonly Window[]>;
	readonly complaint?: string;
} {
	const windowsOf = new Map<string, readonly Window[]>();
	try {
		for (const entry of Manifest.parse(JSON.parse(readFileSync(path, "utf8")))) {
			const windows = entry.windows?.map(([start, end]): Window => [start * 1000, end * 1000]);
			if (windows !== undefined) windowsOf.set(entry.file, windows);
		}
		return { windowsOf };
	} catch {
		return {
			windowsOf,
			complaint: "manifest.json is missing or damaged: the windows come from the labels of the files.",
		};
	}
}
