import { parseArgs } from "node:util";
import type { ScaleOptions } from "./measure-scoring.ts";

/** What the command line may say. */
export const SCALE_OPTIONS = {
	series: { type: "string" },
	ticks: { type: "string" },
	detector: { type: "string" },
	/** Which part of a measurement this process is; without one it starts the parts. */
	part: { type: "string" },
} as const;

/** The options of one measurement: `--series N --ticks T [--detector NAME]`. */
export function readScaleOptions(): ScaleOptions {
	const { values } = parseArgs({ options: SCALE_OPTIONS });
	const [series, ticks] = [Number(values.series), Number(values.ticks)];
	if (!Number.isInteger(series) || series < 1) throw new Error("--series must be a whole number from 1 on.");
	if (!Number.isInteger(ticks) || ticks < 1) throw new Error("--ticks must be a whole number from 1 on.");
	return { series, ticks, detector: values.detector };
}
