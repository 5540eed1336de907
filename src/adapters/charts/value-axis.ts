import { scaleFor, type Unit } from "../../domain/quantity.ts";
import type { ValueRange } from "./value-range.ts";
import { chooseScale } from "./value-ticks.ts";

/** The value axis: its ends in the chart's unit, its ticks with their text, and the unit's symbol (shown once). */
export type ValueAxis = {
	readonly low: number;
	readonly high: number;
	readonly symbol: string;
	readonly ticks: readonly { readonly value: number; readonly text: string }[];
};

/** The axis for a range of values, with 4 or 5 round ticks in the unit it shows (fewer if `mostTicks` says so). */
export function valueAxis(unit: Unit, range: ValueRange, mostTicks: number): ValueAxis {
	// An eighth of the top: 804 MB below a limit of 1,024 MB stays in MB, a far higher limit moves it to GB.
	const { divisor, symbol } = scaleFor(unit, Math.max(range.measured, range.high / 8));
	const scale = chooseScale(
		{
			...range,
			low: range.low / divisor,
			high: range.high / divisor,
			cap: range.cap === undefined ? undefined : range.cap / divisor,
		},
		mostTicks,
	);
	const largest = Math.max(...scale.ticks.map(Math.abs));
	return {
		low: scale.low * divisor,
		high: scale.high * divisor,
		symbol,
		ticks: scale.ticks.map((tick) => ({ value: tick * divisor, text: tickText(tick, scale.step, largest) })),
	};
}

/** From this size on all ticks of an axis are shown in thousands, or in millions; beyond, as powers of ten. */
const THOUSANDS_FROM = 1e4;
const MILLIONS_FROM = 1e6;
const POWERS_FROM = 1e11;

/**
 * A tick with just the decimals its step needs, so that no two ticks of an axis read the same. `largest` is the size of
 * the axis' largest tick: it chooses between full numbers, k, M and powers of ten for all of them.
 */
export function tickText(tick: number, step: number, largest: number): string {
	if (tick === 0) return "0";
	const inThousands = largest >= THOUSANDS_FROM;
	const divisor = largest >= MILLIONS_FROM ? 1e6 : inThousands ? 1e3 : 1;
	const letter = largest >= MILLIONS_FROM ? " M" : inThousands ? " k" : "";
	const decimals = decimalsOf(step / divisor);
	if (largest >= POWERS_FROM || decimals > 6) return tick.toExponential().replace("e+", "e");
	const number = (tick / divisor).toLocaleString("en-US", {
		minimumFractionDigits: decimals,
		maximumFractionDigits: decimals,
	});
	return `${number}${letter}`;
}

/** How many decimals a round step needs: 0.25 needs 2, 0.2 needs 1, 20 none. */
function decimalsOf(step: number): number {
	const [mantissa = "", exponent = "0"] = step.toExponential(5).split("e");
	const digits = mantissa.replace(/\.?0+$/, "").replace(".", "").length - 1;
	return Math.max(0, digits - Number(exponent));
}
