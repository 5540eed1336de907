import type { Chart } from "../api/types.generated.ts";

const FEWEST = 5;
const MOST = 10_080;

/** The span of a chart in whole minutes, within what the picture's address takes; an hour where there is no chart. */
export function chartMinutes(chart: Chart | undefined): number {
	if (!chart) return 60;
	return Math.min(MOST, Math.max(FEWEST, Math.round((chart.endMs - chart.startMs) / 60_000)));
}
