import { withKeptNote } from "../../src/compose/kept-note.ts";
import type { Backtest } from "../../src/use-cases/backtest-result.ts";
import { exampleWatch } from "../fakes/example-watch.ts";

const HOUR = 3_600_000;
const END_MS = Date.UTC(2026, 10, 20, 12);
const outcome = { count: 0, findings: [], perDay: [] };

const replayOf = (hours: number): Backtest => ({
	watch: exampleWatch(),
	detector: "stream",
	sensitivity: "normal",
	startMs: END_MS - hours * HOUR,
	endMs: END_MS,
	warmUpEndMs: END_MS,
	stepSeconds: 15,
	points: 10,
	seriesReplayed: 1,
	wasReady: true,
	outcomes: { low: outcome, normal: outcome, high: outcome },
	series: [],
	notes: ["The data begin at 10:00."],
});

describe("a replay of more days than are kept", () => {
	it("says how long metrics are kept, and what keeps more", () => {
		expect(withKeptNote(replayOf(26), 7, 26).notes).toEqual([
			"The data begin at 10:00.",
			"Of the 7 days asked for there is less: metrics are kept for 26 h here, and longer with metrics.retention_hours in the configuration.",
		]);
	});

	it.each([
		["all of it is there", 168, 7, 168],
		["it only began later", 5, 1, 26],
		["another source keeps them", 26, 7, undefined],
	])("says nothing of it where %s", (_why, hours, days, kept) => {
		expect(withKeptNote(replayOf(hours), days, kept).notes).toHaveLength(1);
	});
});
