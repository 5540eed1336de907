import type { Backtest } from "../../src/use-cases/backtest-result.ts";
import { groundText } from "../../src/use-cases/backtest-words.ts";

const START = 1_700_000_040_000;
const ground = (lastedMs: number) =>
	groundText({
		detector: "stream",
		stepSeconds: 2,
		startMs: START,
		warmUpEndMs: START + lastedMs,
		seriesReplayed: 1,
		points: 200,
	} as Backtest);

test("what was learned from is told by its length where both ends would read the same", () => {
	expect(ground(40_000)).toContain("learned from 40 s of data before anything was counted");
	expect(ground(60_000)).not.toContain("of data");
});
