import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Candidate } from "../candidate.ts";
import { columnOf, readTable } from "../corpus/read-table.ts";

const Score = z.object({
	standard: z.number(),
	lowFp: z.number(),
	lowFn: z.number(),
	threshold: z.number(),
});
const Published = z.object({ scores: z.record(z.string(), Score) });

/** What NAB's own scorer gave published detectors on the public series, each at the threshold best for it in hindsight. */
export function publishedScores(dir: string): readonly (z.infer<typeof Score> & { readonly name: string })[] {
	const { scores } = readScores(dir) ?? { scores: {} };
	return Object.entries(scores)
		.map(([name, score]) => ({ name, ...score }))
		.toSorted((a, b) => b.standard - a.standard);
}

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
	return readScores(dir)?.scores[name]?.threshold;
}

function readScores(dir: string): z.infer<typeof Published> | undefined {
	try {
		return Published.parse(JSON.parse(readFileSync(join(dir, "nab-results", "scores.json"), "utf8")));
	} catch {
		return undefined;
	}
}
