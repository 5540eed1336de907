import { bootstrap } from "../detection/score/bootstrap.ts";
import type { Measured, Quality } from "./measure-forecaster.ts";

/** What one model did on one series. */
export type Row = Measured & {
	readonly model: string;
	readonly set: string;
	readonly file: string;
	/** Which series of the corpus; the same for every model. */
	readonly series: number;
};

/** A horizon over many series: the mean MASE with its 95 % interval over files, the median, and means of the rest. */
export type Summary = {
	readonly mase: number;
	readonly interval: readonly [low: number, high: number];
	readonly median: number;
	/** MASE over that of the default, on the same series, with its 95 % interval over files. */
	readonly timesDefault: readonly [ratio: number, low: number, high: number];
	readonly in80: number;
	readonly in95: number;
	readonly width95: number;
	/** NaN for models without a band; `width95` is its width for those with one. */
	readonly inBand: number;
};

export type ModelSummary = {
	readonly series: number;
	readonly step: Summary;
	readonly far: Summary;
	readonly cpuMs: { readonly p50: number; readonly p99: number };
};

/** Of one model, beside the rows of the default. Undefined without rows. */
export function summarise(
	rows: readonly Row[],
	base: readonly Row[],
	seed: number,
): ModelSummary | undefined {
	if (rows.length === 0) return undefined;
	const took = rows.flatMap((row) => row.cpuMs).toSorted((a, b) => a - b);
	const at = (share: number) => round(took[Math.floor(share * (took.length - 1))] ?? Number.NaN);
	return {
		series: rows.length,
		step: summariseHorizon(rows, base, (row) => row.step, seed),
		far: summariseHorizon(rows, base, (row) => row.far, seed),
		cpuMs: { p50: at(0.5), p99: at(0.99) },
	};
}

function summariseHorizon(
	rows: readonly Row[],
	base: readonly Row[],
	pick: (row: Row) => Quality,
	seed: number,
): Summary {
	const baseOf = new Map(base.map((row) => [row.series, pick(row).mase]));
	const files = [...Map.groupBy(rows, (row) => row.file).values()];
	const maseOf = (drawn: readonly (readonly Row[])[]) => mean(drawn.flat().map((row) => pick(row).mase));
	const ratioOf = (drawn: readonly (readonly Row[])[]) => {
		const shared = drawn.flat().filter((row) => baseOf.has(row.series));
		return mean(shared.map((row) => pick(row).mase)) / mean(shared.map((row) => baseOf.get(row.series) ?? 0));
	};
	const sorted = rows.map((row) => pick(row).mase).toSorted((a, b) => a - b);
	const middle = (key: "in80" | "in95" | "width95" | "inBand") =>
		round(mean(rows.map((row) => pick(row)[key])));
	const [low, high] = bootstrap(files, maseOf, { seed });
	const [least, most] = bootstrap(files, ratioOf, { seed });
	return {
		mase: round(maseOf(files)),
		interval: [round(low), round(high)],
		timesDefault: [round(ratioOf(files)), round(least), round(most)],
		median: round(sorted[sorted.length >> 1] ?? Number.NaN),
		in80: middle("in80"),
		in95: middle("in95"),
		width95: middle("width95"),
		inBand: middle("inBand"),
	};
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value / values.length, 0);
}

function round(value: number): number {
	return Math.round(value * 1000) / 1000;
}
