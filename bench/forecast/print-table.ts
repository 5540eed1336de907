import { digits, table } from "../table.ts";
import type { ModelSummary, Summary } from "./summarise.ts";

const HEADER = [
	"model",
	"MASE",
	"95 % interval",
	"median",
	"times default",
	"in 80 %",
	"in 95 %",
	"in band",
	"width",
];

/** The table of one set: one step and the far horizon side by side for each model. */
export function tableOf(set: string, far: string, summaries: ReadonlyMap<string, ModelSummary>): string {
	const lines = [...summaries].map(([model, one]) => [
		model,
		...cells(one.step),
		...cells(one.far),
		one.cpuMs.p50 < 0.05 ? digits(one.cpuMs.p50, 3) : digits(one.cpuMs.p50, 1),
	]);
	const header = ["model", ...HEADER.slice(1), ...HEADER.slice(1), "CPU ms"];
	const series = [...summaries.values()][0]?.series ?? 0;
	const title = `${set}: ${series} series; left one step, right ${far}`;
	return table(title, header, lines);
}

function cells({
	mase,
	interval,
	median,
	timesDefault,
	in80,
	in95,
	inBand,
	width95,
}: Summary): readonly string[] {
	const percent = (share: number, places = 0) => digits(100 * share, places);
	const [low, high] = interval;
	return [
		digits(mase, 2),
		Number.isNaN(mase) ? "-" : `${digits(low, 2)}-${digits(high, 2)}`,
		digits(median, 2),
		timesText(timesDefault),
		percent(in80),
		percent(in95),
		percent(inBand, 1),
		digits(width95, 1),
	];
}

/** Empty where the default can't be measured, as with less than three days. */
function timesText([ratio, low, high]: Summary["timesDefault"]): string {
	return Number.isFinite(ratio) ? `${ratio.toFixed(2)} (${low.toFixed(2)}-${high.toFixed(2)})` : "-";
}
