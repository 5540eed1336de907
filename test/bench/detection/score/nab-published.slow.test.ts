import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readNab } from "../../../../bench/detection/corpus/read-nab.ts";
import { columnOf, readTable } from "../../../../bench/detection/corpus/read-table.ts";
import { type NabProfile, sweepNab } from "../../../../bench/detection/score/nab.ts";
import { weighNab } from "../../../../bench/detection/score/nab-weights.ts";

/** The data are not part of the repository: beside it, or where DETECTION_DATA says. */
const dir = process.env.DETECTION_DATA ?? "../shared/data";
const results = join(dir, "nab-results");
const withData = existsSync(join(results, "scores.json")) ? describe : describe.skip;

type Published = { scores: Record<string, Record<NabProfile, number>> };

withData("NAB's scorer on the scores that NAB publishes", () => {
	test.each(["ARTime", "randomCutForest"])("gives what NAB's own gives %s, within 0.1", (name) => {
		const { scores } = JSON.parse(readFileSync(join(results, "scores.json"), "utf8")) as Published;
		const runs = readNab(dir).items.map((series) => ({
			weights: weighNab(series.timesMs, series.windows),
			scores: columnOf(readTable(join(results, name, `${series.name}.csv.gz`)), "anomaly_score"),
		}));
		expect(runs).toHaveLength(33);
		for (const profile of ["standard", "lowFp", "lowFn"] as const) {
			const difference = Math.abs(sweepNab(runs, profile).score - (scores[name]?.[profile] ?? Number.NaN));
			expect(difference).toBeLessThan(0.1);
		}
	});
});
