import { formatDuration, formatQuantity } from "../domain/quantity.ts";
import { timeToken } from "../domain/time-text.ts";
import type { Backtest, BacktestFinding } from "./backtest-result.ts";
import { SENSITIVITIES } from "./effective-watches.ts";
import { isLeastBand } from "./least-band.ts";

/** `checkout-memory would have reported 5 findings in 30 d, 1 every 6 d.` Pure. */
export function backtestSentence({
	watch,
	outcomes,
	sensitivity,
	startMs,
	endMs,
	wasReady,
}: Backtest): string {
	const { count } = outcomes[sensitivity];
	const span = formatDuration(endMs - startMs);
	if (!wasReady) return `${watch.name} can't be judged yet: there are too few values in ${span}.`;
	if (count === 0) return `${watch.name} would have reported nothing in ${span}.`;
	const pace = count > 1 ? `, 1 every ${formatDuration((endMs - startMs) / count)}` : "";
	return `${watch.name} would have reported ${count} ${count === 1 ? "finding" : "findings"} in ${span}${pace}.`;
}

/** What turning the knob would have done: `At high it would have been 14, at low 2.` Pure. */
export function knobSentence(backtest: Backtest): string {
	const { outcomes, sensitivity, wasReady, watch } = backtest;
	if (!wasReady) return "";
	const { low, normal, high } = outcomes;
	if (low.count === normal.count && high.count === normal.count) {
		const why = isLeastBand(backtest)
			? `: its band is as wide as minimum_change, ${formatQuantity(watch.minimumChange, watch.unit)} to each side`
			: "";
		return `Turning it would change nothing${why}.`;
	}
	const said = SENSITIVITIES.filter((other) => other !== sensitivity)
		.toReversed()
		.map((other, index) => `at ${other} ${index === 0 ? "it would have been " : ""}${outcomes[other].count}`);
	return `This is ${sensitivity}; ${said.join(", ")}.`;
}

/** How long a finding lasted, in words. Pure. */
export function lastedText(
	{ fromMs, toMs }: Pick<BacktestFinding, "fromMs" | "toMs">,
	endMs: number,
): string {
	return toMs === undefined ? `${formatDuration(endMs - fromMs)}, open` : formatDuration(toMs - fromMs);
}

/** What the counts rest on, as parts of a footer. Pure. */
export function groundText({
	detector,
	stepSeconds,
	startMs,
	warmUpEndMs,
	seriesReplayed,
	points,
}: Backtest): string {
	if (points === 0) return `detector ${detector}; nothing was learned or counted, as there was not one value`;
	return `detector ${detector}, ${seriesReplayed} series, ${points.toLocaleString("en-US")} points every ${formatDuration(stepSeconds * 1000)}; learned from ${learnedText(startMs, warmUpEndMs)} before anything was counted`;
}

/** A stretch of time by its ends; by its length where both ends would read the same. */
function learnedText(startMs: number, endMs: number): string {
	const minute = (ms: number) => Math.floor(ms / 60_000);
	if (minute(startMs) === minute(endMs)) return `${formatDuration(endMs - startMs)} of data`;
	return `${timeToken(startMs)} to ${timeToken(endMs)}`;
}
