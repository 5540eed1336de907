import type { BankDetector } from "../../models/define-bank.ts";
import { seededRandom } from "../../models/random.ts";
import { openBank } from "./run-bank.ts";
import { dailySeries } from "./synthetic/daily-series.ts";

const SERIES = 1000;
const WARM_TICKS = 600;
const TICKS = 600;
const STEP_SECONDS = 300;
const POINTS_PER_DAY = 288;

/** The cost of a detector. A tick is one point for each of 1,000 series; times of a point are those of a tick by 1,000. */
export type Cost = {
	readonly series: number;
	readonly ticks: number;
	readonly p50Us: number;
	readonly p99Us: number;
	readonly meanTickMs: number;
	readonly worstTickMs: number;
	readonly bytesPerSeries: number;
	/** What the bank and its thousand series added to the process, and the whole process. */
	readonly grownMb: number;
	readonly rssMb: number;
};

/** Runs a bank of 1,000 made series, warm, and times whole ticks: the clock is asked twice for 1,000 points. */
export function measureCost(detector: BankDetector): Cost {
	const series = Array.from({ length: SERIES }, (_, n) =>
		dailySeries(WARM_TICKS + TICKS, POINTS_PER_DAY, seededRandom(n)),
	);
	const before = process.memoryUsage().rss;
	const bank = openBank(detector, STEP_SECONDS);
	const slots = series.map(() => bank.add());
	const times: number[] = [];
	for (let tick = 0; tick < WARM_TICKS + TICKS; tick += 1) {
		const atMs = tick * STEP_SECONDS * 1000;
		const started = performance.now();
		for (let k = 0; k < SERIES; k += 1) {
			bank.push(slots[k] ?? 0, series[k]?.values[tick] ?? 0, atMs);
		}
		if (tick >= WARM_TICKS) times.push(performance.now() - started);
	}
	const rss = process.memoryUsage().rss;
	const sorted = times.toSorted((a, b) => a - b);
	const tickMs = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
	return {
		series: SERIES,
		ticks: TICKS,
		p50Us: (tickMs(0.5) * 1000) / SERIES,
		p99Us: (tickMs(0.99) * 1000) / SERIES,
		meanTickMs: times.reduce((sum, ms) => sum + ms, 0) / times.length,
		worstTickMs: tickMs(1),
		bytesPerSeries: bank.bytesPerSeries,
		grownMb: (rss - before) / 2 ** 20,
		rssMb: rss / 2 ** 20,
	};
}
