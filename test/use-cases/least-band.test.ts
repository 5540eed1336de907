import type { Backtest, BacktestSeries } from "../../src/use-cases/backtest-result.ts";
import { isLeastBand } from "../../src/use-cases/least-band.ts";
import { exampleWatch } from "../fakes/example-watch.ts";

const bandsOf = (half: number) =>
	[100, 200, 300].map((t) => ({ t, low: 77.3 + t - half, high: 77.3 + t + half }));
const replayed = (
	{ low = 15, normal = 15, high = 15 } = {},
	minimumChange = 15,
	young: BacktestSeries["bands"]["low"] = [],
) => {
	const bands = { low: [...young, ...bandsOf(low)], normal: bandsOf(normal), high: bandsOf(high) };
	const series = [{ key: "{}", target: "checkout", points: [], bands }];
	const watch = exampleWatch({ minimumChange });
	const outcome = { count: 0, findings: [], perDay: [] };
	const result: Backtest = {
		watch,
		detector: "robust-band",
		sensitivity: "normal",
		startMs: 0,
		endMs: 300,
		warmUpEndMs: 100,
		stepSeconds: 1,
		points: 3,
		seriesReplayed: 1,
		wasReady: true,
		outcomes: { low: outcome, normal: outcome, high: outcome },
		series,
		notes: [],
	};
	return result;
};

test("minimum_change makes the band where it is that wide at every sensitivity", () => {
	expect(isLeastBand(replayed())).toBe(true);
	expect(isLeastBand(replayed({}, 15, [{ t: 50, low: 0, high: 500 }]))).toBe(true);
});

test("it does not where one sensitivity has a wider band, or nothing is the least", () => {
	expect(isLeastBand(replayed({ low: 21 }))).toBe(false);
	expect(isLeastBand(replayed({ low: 0, normal: 0, high: 0 }, 0))).toBe(false);
	expect(isLeastBand({ ...replayed(), series: [] })).toBe(false);
});
