import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Readings } from "./labelled-series.ts";

const ENDING = ".csv.gz";

/**
 * Reads every gzip CSV file under `folder` of `dir` in the order of their names. A file that `read` refuses, or that
 * has another ending, is skipped with a sentence. No folder: nothing.
 */
export function readFiles<T>(
	dir: string,
	folder: string,
	read: (path: string, name: string) => T,
): Readings<T> {
	const root = join(dir, folder);
	if (!existsSync(root)) return { items: [], skipped: [] };
	const items: T[] = [];
	const skipped: string[] = [];
	const entries = readdirSync(root, { recursive: true, withFileTypes: true });
	const paths = entries.filter((entry) => !entry.isDirectory()).map((e) => join(e.parentPath, e.name));
	for (const path of paths.toSorted()) {
		const shown = path.slice(root.length + 1);
		if (shown.endsWith(".json")) continue;
		try {
			if (!path.endsWith(ENDING)) throw new Error("it is not a .csv.gz file");
			items.push(read(path, shown.slice(0, -ENDING.length)));
		} catch (error) {
			skipped.push(
				`${folder}/${shown} is left out: ${error instanceof Error ? error.message : "unreadable"}.`,
			);
		}
	}
	return { items, skipped };
}
