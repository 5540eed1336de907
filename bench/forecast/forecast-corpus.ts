import { type Grid, gridOf, toGrid } from "../../models/forecast/regular-grid.ts";
import type { Sample } from "../../src/domain/time-series.ts";
import { readJumpstarter } from "../detection/corpus/read-jumpstarter.ts";
import { readNab } from "../detection/corpus/read-nab.ts";
import { readNezha } from "../detection/corpus/read-nezha.ts";

/** A series to forecast. Series of one `file` are alike, so intervals are drawn over files. */
export type CorpusSeries = {
	readonly set: string;
	readonly file: string;
	readonly grid: Grid;
	/** How far ahead is asked for besides one step, in cells: a day, or an hour where no day was recorded. */
	readonly farCells: number;
};

/** Values that hardly ever change have no scale to measure errors by. */
const FEWEST_VALUES = 3;
const MOST_CELLS = 20_000;

/**
 * The series of the data folder: NAB's, the unlabelled part of JumpStarter's, and the fault-free runs of Nezha, which
 * are shorter than a day. `everyMetric` takes each n-th metric of services and pods, another one of each. PetShop's
 * runs hold less than two hours and are left out.
 */
export function readForecastCorpus(
	dir: string,
	everyMetric: number,
): { readonly series: readonly CorpusSeries[]; readonly skipped: readonly string[] } {
	const [nab, jumpstarter, nezha] = [readNab(dir), readJumpstarter(dir), readNezha(dir)];
	const found: CorpusSeries[] = [];
	const add = (set: string, file: string, grid: Grid | undefined, farMs: number) => {
		const values = grid?.values.filter((value) => !Number.isNaN(value)) ?? [];
		if (grid && new Set(values).size >= FEWEST_VALUES)
			found.push({ set, file, grid, farCells: Math.round(farMs / grid.stepMs) });
	};
	for (const { name, category, timesMs, values } of nab.items) {
		const set = category.startsWith("artificial") ? "nab artificial" : "nab real";
		add(set, name, toGrid(samplesOf(timesMs, values), MOST_CELLS), 24 * HOUR_MS);
	}
	for (const [at, service] of jumpstarter.items.entries()) {
		const { timesMs, trainPoints } = service;
		const stepMs = (timesMs[1] ?? 0) - (timesMs[0] ?? 0);
		for (const metric of eachNth(service.metrics, at, everyMetric)) {
			const grid = gridOf(metric.slice(0, trainPoints), stepMs, timesMs[trainPoints - 1] ?? 0);
			add(`jumpstarter ${service.set}`, service.name, grid, 24 * HOUR_MS);
		}
	}
	for (const [at, pod] of nezha.items.filter(({ normal }) => normal).entries())
		for (const metric of eachNth(pod.metrics, at, everyMetric))
			add("nezha, 1 h", pod.name, toGrid(samplesOf(pod.timesMs, metric), MOST_CELLS), HOUR_MS);
	return { series: found, skipped: [...nab.skipped, ...jumpstarter.skipped, ...nezha.skipped] };
}

const HOUR_MS = 3_600_000;

function eachNth<T>(items: readonly T[], from: number, every: number): readonly T[] {
	return items.filter((_, index) => index % every === from % every);
}

function samplesOf(timesMs: Float64Array, values: Float64Array): readonly Sample[] {
	return Array.from(timesMs, (t, i) => ({ t, v: values[i] ?? Number.NaN }));
}
