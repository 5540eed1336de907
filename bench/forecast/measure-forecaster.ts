import type { FittedForecast, Forecaster } from "../../models/forecast/define-forecaster.ts";
import { fitScaled } from "../../models/forecast/fit-scaled.ts";
import { marginsOf } from "../../models/forecast/prediction-interval.ts";
import type { Origin } from "./rolling-origins.ts";

/**
 * How well one horizon was forecast. `mase`: mean absolute error over that of the naive forecast in the history (the
 * last value for one step, the value as long before for the far horizon; Hyndman and Koehler 2006). `in80`, `in95`: the
 * share of values inside their interval. `width95`: its mean width in the same units as `mase`. `inBand`: the share
 * inside of a detector's band, for the models that draw one. What does not apply is NaN.
 */
export type Quality = {
	readonly mase: number;
	readonly in80: number;
	readonly in95: number;
	readonly width95: number;
	readonly inBand: number;
};

/** Nothing is known. */
export const UNMEASURED: Quality = {
	mase: Number.NaN,
	in80: Number.NaN,
	in95: Number.NaN,
	width95: Number.NaN,
	inBand: Number.NaN,
};

/** One model on one series: means over its moments, `far` over all instants up to the far horizon; CPU time of each. */
export type Measured = { readonly step: Quality; readonly far: Quality; readonly cpuMs: readonly number[] };

const INSTANTS = 48;

/** Undefined where nothing could be measured: the history never changes, is too short for the model, or nothing came. */
export function measureForecaster(
	forecaster: Forecaster,
	origins: readonly Origin[],
	farCells: number,
): Measured | undefined {
	const steps: Quality[] = [];
	const fars: Quality[] = [];
	const cpuMs: number[] = [];
	const every = Math.max(1, Math.round(farCells / INSTANTS));
	for (const { history, coming } of origins) {
		const [stepScale, farScale] = [naiveError(history.values, 1), naiveError(history.values, farCells)];
		if (!(stepScale > 0) || !(farScale > 0)) continue;
		const began = process.cpuUsage();
		const fitted = fitScaled(forecaster, history, farCells);
		if (!fitted) continue;
		for (let ahead = 1; ahead <= farCells; ahead++) fitted.at(ahead);
		const took = process.cpuUsage(began);
		cpuMs.push((took.user + took.system) / 1000);
		steps.push(...judge(fitted, coming, 1, stepScale));
		const instants: Quality[] = [];
		for (let ahead = every; ahead <= farCells; ahead += every)
			instants.push(...judge(fitted, coming, ahead, farScale));
		if (instants.length > 0) fars.push(meanOf(instants));
	}
	if (steps.length === 0 || fars.length === 0) return undefined;
	return { step: meanOf(steps), far: meanOf(fars), cpuMs };
}

/** Nothing where no value came. */
function judge(
	fitted: FittedForecast,
	coming: Float64Array,
	ahead: number,
	scale: number,
): readonly Quality[] {
	const actual = coming[ahead - 1] ?? Number.NaN;
	if (Number.isNaN(actual)) return [];
	const error = actual - fitted.at(ahead);
	const past = fitted.errors(ahead);
	const [narrow, wide] = [marginsOf(past, 0.8), marginsOf(past, 0.95)];
	return [
		{
			mase: Math.abs(error) / scale,
			in80: error >= narrow.low && error <= narrow.high ? 1 : 0,
			in95: error >= wide.low && error <= wide.high ? 1 : 0,
			width95: (wide.high - wide.low) / scale,
			inBand: Number.NaN,
		},
	];
}

/** The mean absolute error of the value `lag` cells before; NaN where none can be compared. */
export function naiveError(values: Float64Array, lag: number): number {
	let [sum, count] = [0, 0];
	for (let i = lag; i < values.length; i++) {
		const error = Math.abs((values[i] ?? Number.NaN) - (values[i - lag] ?? Number.NaN));
		if (Number.isNaN(error)) continue;
		sum += error;
		count += 1;
	}
	return sum / count;
}

/** The mean of each part. */
export function meanOf(all: readonly Quality[]): Quality {
	const mean = (pick: (one: Quality) => number) => all.reduce((sum, one) => sum + pick(one) / all.length, 0);
	return {
		mase: mean((one) => one.mase),
		in80: mean((one) => one.in80),
		in95: mean((one) => one.in95),
		width95: mean((one) => one.width95),
		inBand: mean((one) => one.inBand),
	};
}
