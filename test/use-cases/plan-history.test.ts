import {
	beginAt,
	type HistoryPlan,
	historyProgress,
	isOlder,
	nextPart,
	planHistory,
} from "../../src/use-cases/plan-history.ts";

const NOW = 1_700_000_000_000;
const DAY = 86_400_000;

const plan = (intervalSeconds: number, seriesCount: number, newestMs?: number) =>
	planHistory({ intervalMs: intervalSeconds * 1000, needed: 8, seriesCount, newestMs, nowMs: NOW });
const stepsOf = ({ parts }: HistoryPlan) =>
	parts.map(({ startMs, endMs, stepMs }) => Math.round((endMs - startMs) / stepMs) + 1);
const samplesOf = (made: HistoryPlan | undefined, seriesCount: number) =>
	made ? stepsOf(made).reduce((sum, steps) => sum + steps, 0) * seriesCount : 0;
const daysOf = (made: HistoryPlan | undefined) => (NOW - (made?.parts[0]?.startMs ?? NOW)) / DAY;

describe("what a watch learns of the past", () => {
	it.each([
		[15, 3, 1],
		[60, 150, 1],
		[15, 80, 2],
		[15, 170, 4],
		[2, 20, 4],
	])("every %s s of %s series is 7 days, the older part at %s times its interval", (every, series, times) => {
		const made = plan(every, series);
		expect(daysOf(made)).toBeCloseTo(7, 2);
		expect(made?.parts.map(({ stepMs }) => stepMs)).toEqual([every * 1000 * times, every * 1000]);
		expect(made && stepsOf(made).at(-1)).toBe(1440);
		expect(samplesOf(made, series)).toBeLessThanOrEqual(2_000_000);
	});

	it.each([
		[15, 400],
		[60, 1200],
		[60, 5000],
		[60, 10_000],
	])("is fewer days, never coarser, where there are too many samples (%s s, %s series)", (every, series) => {
		const made = plan(every, series);
		expect(made?.parts.every(({ stepMs }) => stepMs === every * 1000)).toBe(true);
		expect(samplesOf(made, series)).toBeLessThanOrEqual(2_000_000);
		expect(samplesOf(made, series)).toBeGreaterThan(1_900_000);
	});

	it("has no hole between its parts, and ends one interval ago", () => {
		const made = plan(15, 170);
		expect(made?.parts[1]?.startMs).toBe((made?.parts[0]?.endMs ?? 0) + 15_000);
		expect(made?.parts[1]?.endMs).toBe(NOW - 15_000);
	});

	it("is only what was missed where there is state, and nothing where there are no series", () => {
		expect(plan(15, 3, NOW - 600_000)?.parts).toHaveLength(1);
		expect(daysOf(plan(15, 3, NOW - 600_000))).toBeLessThan(0.01);
		expect(plan(15, 3, NOW)).toBeUndefined();
		expect(plan(15, 0)).toBeUndefined();
	});

	it("passes over the time before the data begin, and its progress never goes back", () => {
		const made = plan(15, 3);
		if (!made) throw new Error("there is a plan");
		expect(historyProgress(made)).toBe(0);
		beginAt(made, NOW - 3 * DAY);
		const half = historyProgress(made);
		expect(Math.abs(NOW - 3 * DAY - made.atMs)).toBeLessThanOrEqual(15_000);
		expect(half).toBeCloseTo(4 / 7, 2);
		beginAt(made, NOW - 3600_000);
		expect(isOlder(made)).toBe(false);
		expect(historyProgress(made)).toBeGreaterThan(half);
		expect(nextPart(made)).toBe(false);
		expect(historyProgress(made)).toBe(1);
	});
});
