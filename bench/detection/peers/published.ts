import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Candidate } from "../candidate.ts";
import { columnOf, readTable } from "../corpus/read-table.ts";

const Published = z.object({ scores: z.record(z.string(), z.object({ threshold: z.number() })) });

/**
 * The detectors whose anomaly scores NAB publishes and that lie in `dir`/nab-results. 1 is the threshold that was best
 * for them, with hindsight. A series without published scores has none.
 */
export function published(dir: string): readonly Candidate[] {
	return ["ARTime", "randomCutForest"].flatMap((name) => {
		const folder = join(dir, "nab-results", name);
		const threshold = thresholdOf(dir, name);
		if (!existsSync(folder) || threshold === undefined) return [];
		return [
			{
				name: `${name} (published)`,
				source: "scores that NAB publishes (results/ of numenta/NAB); best threshold on the public series",
				score: (signal) => {
					const path = join(folder, `${signal.name}.csv.gz`);
					if (!existsSync(path)) return undefined;
					const scores = columnOf(readTable(path), "anomaly_score").map((score) => score / threshold);
					return scores.length === signal.values.length ? scores : undefined;
				},
			},
		];
	});
}

function thresholdOf(dir: string, name: string): number | undefined {
	try {
		const text = readFileSync(join(dir, "nab-results", "scores.json"), "utf8");
		return Published.parse(JSON.parse(text)).scores[name]?.threshold;
	} catch {
		return undefined;
	}
}
