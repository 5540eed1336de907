import type { BacktestFinding, BacktestOutcome } from "./backtest-result.ts";

/** How many findings began on each day of a zone; days without any are left out. Pure. */
export function countPerDay(
	findings: readonly Pick<BacktestFinding, "fromMs">[],
	timeZone: string,
): BacktestOutcome["perDay"] {
	const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" });
	const counts = new Map<string, number>();
	for (const { fromMs } of findings) {
		const day = format.format(fromMs);
		counts.set(day, (counts.get(day) ?? 0) + 1);
	}
	return [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([day, count]) => ({ day, count }));
}
