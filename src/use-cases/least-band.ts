import type { Backtest } from "./backtest-result.ts";
import { SENSITIVITIES } from "./effective-watches.ts";

/** Bands of a moving level differ from twice the least width by rounding only. */
const ROUNDING = 1e-6;

/**
 * Whether minimum_change alone made the bands of a replay: each is as wide as that to both sides, at every sensitivity,
 * in all that was counted. Then turning the sensitivity changes nothing. Pure.
 */
export function isLeastBand({ watch, series, warmUpEndMs }: Backtest): boolean {
	const least = watch.minimumChange;
	const bands = series.flatMap((one) => SENSITIVITIES.flatMap((which) => one.bands[which]));
	const counted = bands.filter(({ t }) => t >= warmUpEndMs);
	if (!(least > 0) || counted.length === 0) return false;
	return counted.every(({ low, high }) => {
		const size = Math.max(least, Math.abs(low), Math.abs(high));
		return Math.abs((high - low) / 2 - least) <= ROUNDING * size;
	});
}
