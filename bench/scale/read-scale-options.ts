import { parseArgs } from "node:util";
import type { ScaleOptions } from "./measure-scoring.ts";

/** The options of one measurement: `--series N --ticks T [--detector NAME]`. */
export function readScaleOptions(): ScaleOptions {
	const { values } = parseArgs({
		options: {
			series: { type: "string" },
			ticks: { type: "string" },
			detector: { type: "string" },
			part: { type: "string" },
		},
	});
	const [series, ticks] = [Number(values.series), Number(values.ticks)];
	if (!Number.isInteger(series) || series < 1) throw new Error("--series must be a whole number from 1 on.");
	if (!Number.isInteger(ticks) || ticks < 1) throw new Error("--ticks must be a whole number from 1 on.");
	return { series, ticks, detector: values.detector };
}
