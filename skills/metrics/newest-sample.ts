import type { MetricsSource } from "../../src/ports/metrics-source.ts";
import { promDuration } from "./rate-window.ts";

const LOOK_BACK_MS = 6 * 3_600_000;

/** Whether a selector has samples in the window before `atMs`. Stale numbers are worse than none. */
export async function isFresh(
	metrics: MetricsSource,
	selector: string,
	atMs: number,
	windowSeconds: number,
): Promise<boolean> {
	const counted = await metrics.instant(`count_over_time(${selector}[${promDuration(windowSeconds)}])`, atMs);
	return counted.some((one) => one.v > 0);
}

/** When the newest sample of a selector came, to the minute, looking back six hours. Undefined: none there. */
export async function newestSampleMs(
	metrics: MetricsSource,
	selector: string,
	atMs: number,
): Promise<number | undefined> {
	const stepMs = 60_000;
	const series = await metrics.range(`count_over_time(${selector}[1m])`, {
		startMs: atMs - LOOK_BACK_MS,
		endMs: atMs,
		stepMs,
	});
	const last = Math.max(...series.map((one) => one.samples.findLast((sample) => sample.v > 0)?.t ?? 0), 0);
	return last > 0 ? last : undefined;
}
