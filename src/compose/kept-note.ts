import type { Backtest } from "../use-cases/backtest-result.ts";

const HOUR_MS = 3_600_000;

/**
 * A replay that was asked for more days than embedded metrics are kept says so, and what to do. Others stay as they are.
 * Pure.
 * @param keptHours undefined where another source keeps the metrics
 */
export function withKeptNote(backtest: Backtest, days: number, keptHours: number | undefined): Backtest {
	const askedMs = backtest.endMs - days * 24 * HOUR_MS;
	const isShort = keptHours !== undefined && days * 24 > keptHours && backtest.startMs - askedMs >= HOUR_MS;
	if (!isShort) return backtest;
	const note = `Of the ${days} days asked for there is less: metrics are kept for ${keptHours} h here, and longer with metrics.retention_hours in the configuration.`;
	return { ...backtest, notes: [...backtest.notes, note] };
}
