import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { readNab } from "../../../../bench/detection/corpus/read-nab.ts";
import { columnOf, readTable } from "../../../../bench/detection/corpus/read-table.ts";
import {
	type NabProfile,
	type NabRun,
	nabProfiles,
	rawNab,
	scoreNab,
	sweepNab,
} from "../../../../bench/detection/score/nab.ts";
import { probationOf, weighNab } from "../../../../bench/detection/score/nab-weights.ts";
import { rest } from "../../../../bench/detection/score/rest.ts";

const POINTS = 200;
const times = Float64Array.from({ length: POINTS }, (_, i) => i * 300_000);
const windowAt = (from: number, to: number) => [from * 300_000, to * 300_000] as const;

/** A series of 200 points with these windows, where these points score 1. */
function runWith(windows: readonly (readonly [number, number])[], alarms: readonly number[]): NabRun {
	const scores = new Float64Array(POINTS);
	for (const at of alarms) scores[at] = 1;
	return { weights: weighNab(times, windows), scores };
}

describe("NAB's scorer", () => {
	const windows = [windowAt(60, 79), windowAt(120, 139)];

	test("gives 100 to alarms at the first point of every window and 0 to none", () => {
		for (const profile of ["standard", "lowFp", "lowFn"] as const) {
			expect(scoreNab([runWith(windows, [60, 120])], profile, 1)).toBeCloseTo(100, 10);
			expect(scoreNab([runWith(windows, [])], profile, 1)).toBe(0);
		}
	});

	test("gives less to a late alarm, by the sigmoid over the window", () => {
		const run = runWith(windows, [70]);
		// Half way through 20 points: position -(79 - 70 + 1) / 20 = -.5.
		const expected = (2 / (1 + Math.exp(-2.5)) - 1) / (2 / (1 + Math.exp(-5)) - 1);
		expect(rawNab(run, nabProfiles.standard, 1)).toBeCloseTo(expected - 1, 10);
	});

	test("counts only the earliest alarm of a window", () => {
		expect(rawNab(runWith(windows, [62, 63, 79]), nabProfiles.standard, 1)).toBe(
			rawNab(runWith(windows, [62]), nabProfiles.standard, 1),
		);
	});

	test("takes a whole false alarm off before the first window, and a part of one right after a window", () => {
		const costs = { falseAlarm: 0.11, miss: 0 };
		expect(rawNab(runWith(windows, [40]), costs, 1)).toBeCloseTo(-0.11, 10);
		const soon = rawNab(runWith(windows, [80]), costs, 1);
		// One point past a window of 20: position 1 / 19.
		expect(soon).toBeCloseTo(0.11 * (2 / (1 + Math.exp(5 / 19)) - 1), 10);
		expect(rawNab(runWith(windows, [199]), costs, 1)).toBeCloseTo(-0.11, 3);
	});

	test("leaves out the first 15 percent, at most 750 points", () => {
		expect(probationOf(200)).toBe(30);
		expect(probationOf(18_050)).toBe(750);
		expect(rawNab(runWith([], [0, 29]), nabProfiles.standard, 1)).toBe(0);
		expect(rawNab(runWith([], [30]), nabProfiles.standard, 1)).toBeCloseTo(-0.11, 10);
	});

	test("finds the same best threshold as trying every one, over several series", () => {
		const scores = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: POINTS, maxLength: POINTS });
		fc.assert(
			fc.property(scores, scores, (a, b) => {
				const runs = [a, b].map((list) => ({
					weights: weighNab(times, windows),
					scores: Float64Array.from(list, (one) => one / 10),
				}));
				const tried = Array.from({ length: 22 }, (_, k) => scoreNab(runs, "lowFn", k / 10));
				const best = sweepNab(runs, "lowFn");
				expect(best.score).toBeCloseTo(Math.max(...tried), 6);
				expect(scoreNab(runs, "lowFn", best.threshold)).toBeCloseTo(best.score, 6);
			}),
			{ numRuns: 30 },
		);
	});
});

describe("the rest period", () => {
	test("is for every threshold what resting after its alarms would be", () => {
		const scores = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 60, maxLength: 60 });
		fc.assert(
			fc.property(scores, fc.integer({ min: 1, max: 9 }), (list, threshold) => {
				const rested = rest(Float64Array.from(list), 5);
				let alarm = Number.NEGATIVE_INFINITY;
				const expected = list.map((score, i) => {
					const told = score >= threshold && (i - alarm > 5 || score > (list[alarm] ?? 0));
					if (told) alarm = i;
					return told;
				});
				expect([...rested].map((score) => score >= threshold)).toEqual(expected);
			}),
			{ numRuns: 200 },
		);
	});
});

/** The data are not part of the repository: beside it, or where DETECTION_DATA says. Without them this is not tested. */
const dir = process.env.DETECTION_DATA ?? "../shared/data";
const results = join(dir, "nab-results");
type Published = { scores: Record<string, Record<NabProfile, number>> };

if (existsSync(join(results, "scores.json")))
	describe("NAB's scorer on the scores that NAB publishes", () => {
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
