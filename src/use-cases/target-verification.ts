import { movedSeries } from "../../models/target/moved-series.ts";
import type { Anomaly } from "../domain/anomaly.ts";
import { toAppError } from "../domain/errors.ts";
import type { VerificationSpec } from "../domain/plan.ts";
import { labelsText } from "../domain/time-series.ts";
import { targetOf, type Watch } from "../domain/watch.ts";
import type { MetricsSource } from "../ports/metrics-source.ts";
import { CHECKED } from "./propose-for-incident.ts";

const LEAD_MS = 45 * 60_000;
/** Fine enough that what has only just moved is seen. */
const LEAD_STEPS = 400;
const MOST_STEPS = 600;
/** A score follows a change by some points: these may have moved already, and are not taken for the usual. */
const LATE_STEPS = 12;
/** How much further than before the metric may be, as a share of the range that it had. */
const ROOM = 0.25;

/**
 * The check that a change helped a whole target: of its metrics the one that moved furthest must come back to where it
 * was. A score can't be asked of the metrics, so it is no such check. Undefined where no metric can be said to have
 * moved, or it only ever grows, or the source does not answer.
 * @throws AppErrors of the source, `unavailable` aside
 */
export async function readTargetVerification(
	metrics: Pick<MetricsSource, "range">,
	watch: Watch,
	anomaly: Anomaly,
	nowMs: number,
): Promise<VerificationSpec | undefined> {
	const intervalMs = watch.intervalSeconds * 1000;
	const sinceMs = anomaly.outsideSinceMs - LATE_STEPS * intervalMs;
	const startMs = sinceMs - Math.min(LEAD_MS, LEAD_STEPS * intervalMs);
	const stepMs = Math.ceil((nowMs - startMs) / MOST_STEPS / intervalMs) * intervalMs;
	const series = await metrics
		.range(watch.query, { startMs, endMs: nowMs, stepMs })
		.catch((error: unknown) => {
			// A change must not wait for the metrics to answer again: then it is one without a check, and says so.
			if (toAppError(error).code === "unavailable") return [];
			throw error;
		});
	const own = series.filter(({ labels }) => targetOf(watch, labels) === anomaly.target);
	const lead = movedSeries(own, sinceMs).find(({ counts }) => !counts);
	if (!lead) return undefined;
	const { low, high } = lead.before;
	const room = ROOM * Math.max(high - low, Math.abs(lead.value - (lead.up ? high : low)) / 4);
	return {
		watch: watch.name,
		metric: lead.name,
		// Series that differ by nothing but the metric's name are told apart by a query of their own.
		query: lead.labels.__name__ === undefined ? watch.query : labelsText(lead.labels),
		labels: lead.labels,
		unit: "count",
		band: lead.up
			? { low: Number.MIN_SAFE_INTEGER, high: high + room }
			: { low: low - room, high: Number.MAX_SAFE_INTEGER },
		intervalSeconds: watch.intervalSeconds,
		...CHECKED,
	};
}
