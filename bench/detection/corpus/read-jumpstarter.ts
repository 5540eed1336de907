import type { LabelledService, Readings } from "./labelled-series.ts";
import { readFiles } from "./read-files.ts";
import { columnOf, readTable } from "./read-table.ts";

/** The files carry no times: a step of 5 minutes from a Monday 00:00 UTC. */
const START_MS = Date.UTC(2020, 0, 6);
const STEP_MS = 300_000;

/** The services of JumpStarter's Dataset2 and Dataset3 under `dir`/jumpstarter. */
export function readJumpstarter(dir: string): Readings<LabelledService> {
	return readFiles(dir, "jumpstarter", (path, name): LabelledService => {
		const set = /^d([23])-/.exec(name)?.[1];
		if (set === undefined) throw new Error('its name starts with neither "d2-" nor "d3-"');
		const table = readTable(path);
		const metricNames = table.header.filter((column) => column !== "part" && column !== "label");
		if (table.header[0] !== "part" || metricNames.length === 0) throw new Error("its columns are others");
		const split = table.first.findIndex((part) => part !== "tr");
		const trainPoints = split < 0 ? table.rows : split;
		const label = columnOf(table, "label");
		return {
			name,
			set: set === "2" ? "d2" : "d3",
			timesMs: Float64Array.from({ length: table.rows }, (_, i) => START_MS + i * STEP_MS),
			metrics: metricNames.map((metric) => columnOf(table, metric)),
			metricNames,
			labels: Uint8Array.from(label, (value, i) => (i >= trainPoints && value > 0 ? 1 : 0)),
			trainPoints,
		};
	});
}
