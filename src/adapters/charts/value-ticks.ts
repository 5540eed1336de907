import type { ValueRange } from "./value-range.ts";

/** Round steps within a power of ten, and how much each is liked less than the best. */
const STEPS: readonly (readonly [step: number, dislike: number])[] = [
	[1, 0],
	[2, 0],
	[2.5, 0.03],
	[5, 0],
];

/** Where an axis begins and ends and its round ticks, ascending, all in the unit shown on the axis. */
export type ValueScale = {
	readonly low: number;
	readonly high: number;
	readonly step: number;
	readonly ticks: readonly number[];
};

/**
 * The scale that shows `range` (in the axis' unit) with 4 or 5 round ticks; `mostTicks` 2-5 allows fewer on low
 * drawings. Of all round steps the one with the right number of ticks and the least empty room wins.
 */
export function chooseScale(range: ValueRange, mostTicks: number): ValueScale {
	const shortest = range.whole ? 1 : 0;
	const high = range.high - range.low > shortest ? range.high : range.low + 1;
	const size = high - range.low;
	const power = Math.floor(Math.log10(size / 5));
	let best: ValueScale | undefined;
	let bestCost = Infinity;
	for (const exponent of [power - 1, power, power + 1, power + 2]) {
		for (const [mantissa, dislike] of STEPS) {
			const step = Number(`${mantissa}e${exponent}`);
			if (range.whole && !Number.isInteger(step)) continue;
			for (const scale of scalesOf(range.low, high, step, range.cap)) {
				const cost = dislike + costOf(scale, high, size, mostTicks);
				if (cost >= bestCost) continue;
				best = scale;
				bestCost = cost;
			}
		}
	}
	return best ?? { low: range.low, high, step: size, ticks: [range.low, high] };
}

/** Two ways to use a step: the axis ends with its highest value, or with the next tick above it. */
function scalesOf(rawLow: number, rawHigh: number, step: number, cap = Infinity): readonly ValueScale[] {
	const firstTick = Math.floor(rawLow / step + 1e-9);
	const upTo = (last: number, high: number): ValueScale | undefined => {
		if (last - firstTick > 12 || last <= firstTick) return undefined;
		const ticks = Array.from({ length: last - firstTick + 1 }, (_, index) =>
			round((firstTick + index) * step),
		);
		return { low: ticks[0] ?? rawLow, high, step, ticks };
	};
	const below = Math.floor(rawHigh / step + 1e-9);
	const above = Math.ceil(rawHigh / step - 1e-9);
	return [
		upTo(below, rawHigh),
		above > below && above * step <= cap ? upTo(above, round(above * step)) : undefined,
	].filter((scale) => scale !== undefined);
}

function costOf(scale: ValueScale, rawHigh: number, size: number, mostTicks: number): number {
	const count = scale.ticks.length;
	const fewest = Math.max(2, mostTicks - 1);
	const off = Math.max(0, fewest - count, count - mostTicks);
	const overhang = (rawHigh - (scale.ticks.at(-1) ?? rawHigh)) / size;
	const empty = (scale.high - scale.low - size) / size;
	return off * 2 + empty + (overhang > 1e-6 ? 0.1 : 0);
}

/** Without the dust of binary fractions: 0.30000000000000004 becomes 0.3. */
function round(value: number): number {
	return Number(value.toPrecision(12));
}
