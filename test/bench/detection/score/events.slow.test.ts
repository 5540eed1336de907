import { aucPr } from "../../../../bench/detection/score/auc-pr.ts";
import { bootstrap } from "../../../../bench/detection/score/bootstrap.ts";
import { countEvents, oracleEvents, scoreEvents } from "../../../../bench/detection/score/event-f1.ts";

const POINTS = 288;

function run(events: readonly (readonly [number, number])[], alarms: readonly number[], from = 0) {
	const labels = new Uint8Array(POINTS);
	for (const [start, end] of events) labels.fill(1, start, end + 1);
	const scores = new Float32Array(POINTS);
	for (const at of alarms) scores[at] = 1;
	return { labels, scores, from, stepSeconds: 300 };
}

describe("events", () => {
	test("one alarm in a run of labels finds it, with the delay from its first point", () => {
		const counts = countEvents(run([[100, 139]], [110, 120]), 1);
		expect(counts).toMatchObject({ events: 1, found: 1, episodes: 1, falseEpisodes: 0, days: 1 });
		expect(counts.delaysSeconds).toEqual([3000]);
	});

	test("an alarm beside an event does not find it, and a point in an event that is no alarm stays none", () => {
		const score = scoreEvents([run([[100, 139]], [99, 140])], 1);
		expect(score).toMatchObject({ precision: 0, recall: 0, f1: 0 });
	});

	test("alarms up to 12 points apart are one episode, later ones another", () => {
		expect(countEvents(run([], [10, 22, 34]), 1)).toMatchObject({ episodes: 1, falseEpisodes: 1 });
		expect(countEvents(run([], [10, 23]), 1).episodes).toBe(2);
	});

	test("an episode that never ends counts again every 120 points", () => {
		const always = run([[0, 9]], [...new Uint8Array(POINTS).keys()]);
		expect(countEvents(always, 1)).toMatchObject({ episodes: 3, falseEpisodes: 2, found: 1 });
		expect(scoreEvents([always], 1)).toMatchObject({ precision: 1 - 2 / 3, recall: 1, f1: 0.5 });
	});

	test("points before the scored part are neither events nor alarms", () => {
		expect(countEvents(run([[0, 9]], [5], 100), 1)).toMatchObject({ events: 0, episodes: 0 });
	});

	test("the oracle is at least as good as the frozen threshold", () => {
		const mixed = run([[100, 139]], [20, 110]);
		mixed.scores[110] = 3;
		expect(scoreEvents([mixed], 1).f1).toBeCloseTo(2 / 3, 10);
		expect(oracleEvents([mixed])).toMatchObject({ f1: 1, threshold: 3 });
	});
});

describe("the area under the precision-recall curve", () => {
	test("is the average precision", () => {
		// Found at ranks 1 and 3 of four: (1/1 + 2/3) / 2.
		expect(aucPr(Float32Array.of(4, 3, 2, 1), Uint8Array.of(1, 0, 1, 0))).toBeCloseTo(5 / 6, 10);
	});

	test("of scores that are all the same is the share of labels", () => {
		expect(aucPr(new Float32Array(8), Uint8Array.of(1, 0, 0, 0, 1, 0, 0, 0))).toBe(0.25);
	});

	test("is not defined where nothing is labelled, or only before the scored part", () => {
		expect(aucPr(new Float32Array(3), new Uint8Array(3))).toBeUndefined();
		expect(aucPr(new Float32Array(3), Uint8Array.of(1, 0, 0), 1)).toBeUndefined();
	});
});

describe("the bootstrap", () => {
	const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;

	test("gives the same interval for the same seed, around the figure", () => {
		const values = Array.from({ length: 40 }, (_, i) => i % 10);
		const [low, high] = bootstrap(values, mean, { seed: 5 });
		expect(bootstrap(values, mean, { seed: 5 })).toEqual([low, high]);
		expect(bootstrap(values, mean, { seed: 6 })).not.toEqual([low, high]);
		// 1.96 standard errors of 2.87 / sqrt(40) to each side of 4.5.
		expect(low).toBeGreaterThan(3.3);
		expect(low).toBeLessThan(3.9);
		expect(high).toBeGreaterThan(5.1);
		expect(high).toBeLessThan(5.7);
	});
});
