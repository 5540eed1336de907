import { AppError, toAppError } from "../domain/errors.ts";
import { formatDuration } from "../domain/quantity.ts";
import type { Watch } from "../domain/watch.ts";
import type { Clock } from "../ports/clock.ts";
import type { MetricsSource } from "../ports/metrics-source.ts";

export type TryQueryDeps = {
	readonly metrics: Pick<MetricsSource, "instant">;
	readonly clock: Clock;
};

/** One watch may have so many series. */
const MOST_SERIES = 10_000;
const LONGEST_LABELS = 4096;
const LONGEST_MS = 5000;

/**
 * Asks the metrics once what a watch would ask at every interval, and judges what that costs. Gives what it observes
 * now, as a part of a sentence: `3 series of 2 targets, read in 40 ms`.
 * @throws AppError `invalid` for a query that can't be watched, with what is wrong; else that of the metrics source
 */
export async function tryQuery(
	{ metrics, clock }: TryQueryDeps,
	watch: Pick<Watch, "query" | "target" | "intervalSeconds">,
): Promise<string> {
	const startedMs = clock.now();
	const mostMs = Math.min(LONGEST_MS, (watch.intervalSeconds * 1000) / 2);
	const vector = await metrics
		.instant(watch.query, startedMs, { timeoutMs: LONGEST_MS })
		.catch((error: unknown) => {
			const { code, message } = toAppError(error);
			throw new AppError(code === "internal" ? "unavailable" : code, `The query was tried: ${message}`, {
				cause: error,
			});
		});
	const tookMs = clock.now() - startedMs;
	const refuse = (sentence: string) => new AppError("invalid", `The query was tried: ${sentence}`);
	if (vector.length === 0)
		throw refuse("it gives no series now. Check the metric's name and its labels against what is scraped.");
	if (vector.length > MOST_SERIES)
		throw refuse(
			`it gives ${vector.length} series, and ${MOST_SERIES} are the most. Aggregate it, or select fewer.`,
		);
	if (tookMs > mostMs)
		throw refuse(
			`it took ${formatDuration(tookMs)}, too long for every ${formatDuration(watch.intervalSeconds * 1000)}. Aggregate it by a recording rule, or write a longer every=.`,
		);
	if (vector.some(({ labels }) => JSON.stringify(labels).length > LONGEST_LABELS))
		throw refuse(`a series has more than ${LONGEST_LABELS} characters of labels. Aggregate them away.`);
	const { target } = watch;
	const targets = vector.map(({ labels }) => ("name" in target ? target.name : labels[target.label]));
	const lacking = targets.filter((name) => name === undefined || name === "").length;
	if (lacking > 0 && "label" in watch.target)
		throw refuse(
			`${lacking} of ${vector.length} series have no label ${watch.target.label}, so nobody knows whose they are. Write label=<another label>, or target=<name>.`,
		);
	const distinct = new Set(targets).size;
	return `${vector.length} series of ${distinct === 1 ? "1 target" : `${distinct} targets`}, read in ${Math.max(1, Math.round(tookMs))} ms`;
}
