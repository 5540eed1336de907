import type { z } from "zod";
import { formatQuantity } from "../../src/domain/quantity.ts";
import { isAtLeast } from "../../src/domain/severity.ts";
import type { WatchReading, WatchSeries } from "../../src/ports/watch-board.ts";
import { expectedText } from "../../src/use-cases/describe-finding.ts";
import { detectorNameOf } from "../../src/use-cases/detector-name.ts";
import type { ChangedBy, EffectiveWatch, EffectiveWatches } from "../../src/use-cases/effective-watches.ts";
import type { WatchList, WatchView } from "./api-schema.ts";
import { isoTime, optionalTime } from "./iso-time.ts";
import type { WatchDetailView } from "./watch-schema.ts";

const SPARK_POINTS = 120;

/** A watch as the Now page shows it, by its least usual series. Pure. */
function watchView({ watch, status, series }: WatchReading): z.input<typeof WatchView> {
	const shown = series.toSorted(byUnusual)[0];
	const points = shown?.points.slice(-SPARK_POINTS) ?? [];
	const newest = points.at(-1);
	return {
		name: watch.name,
		metric: watch.metric,
		query: watch.query,
		unit: watch.unit,
		target: shown?.target ?? ("name" in watch.target ? watch.target.name : watch.target.label),
		state: status.state,
		progress: status.progress,
		samples: status.samples,
		samplesNeeded: status.samplesNeeded,
		...(status.problem === undefined ? {} : { problem: status.problem }),
		...(shown?.severity ? { severity: shown.severity } : {}),
		valueText: newest ? formatQuantity(newest.v, watch.unit) : "no data",
		expectedText:
			newest?.low === undefined || newest.high === undefined
				? (status.note ?? unknownBand(status.state))
				: expectedText(watch, { low: newest.low, high: newest.high }),
		spark: points.map(({ t, v, low, high }) => ({
			t,
			v: Number.isFinite(v) ? v : null,
			...(Number.isFinite(low) && Number.isFinite(high) ? { low, high } : {}),
		})),
	};
}

function unknownBand(state: WatchReading["status"]["state"]): string {
	return state === "learning" ? "no band yet, still learning" : "no expected band";
}

/** All watches in force, least usual first; those that are not scored yet learn. */
export function watchViews(
	readings: readonly WatchReading[],
	{ items, removed }: EffectiveWatches,
): z.input<typeof WatchList> {
	const known = new Map(items.map((item) => [item.watch.name, item]));
	const scored = new Set(readings.map(({ watch }) => watch.name));
	const unscored = items.filter(({ watch }) => watch.optional !== true && !scored.has(watch.name));
	const all = [...readings.filter(({ watch }) => known.has(watch.name)), ...unscored.map(unscoredReading)];
	return {
		items: all
			.toSorted((a, b) => byUnusual(worstOf(a), worstOf(b)) || a.watch.name.localeCompare(b.watch.name))
			.map((reading) => ({ ...watchView(reading), ...knobs(known.get(reading.watch.name)) })),
		...(removed.length > 0 ? { removed: removed.map((one) => ({ name: one.name, ...changedBy(one) })) } : {}),
	};
}

/** One watch with all that its page shows. */
export function watchDetailView(
	reading: WatchReading | undefined,
	item: EffectiveWatch,
): z.input<typeof WatchDetailView> {
	const { watch } = item;
	const now = { ...(reading ?? unscoredReading(item)), watch };
	return {
		...watchView(now),
		...knobs(item),
		intervalSeconds: watch.intervalSeconds,
		detector: detectorNameOf(watch),
		chosenDetector: watch.detector !== undefined,
		direction: watch.direction,
		maximumSeverity: watch.maximumSeverity,
		environment: watch.environment,
		seriesCount: now.status.seriesCount,
		...(watch.limit
			? { limitText: `${watch.limit.name} ${formatQuantity(watch.limit.value, watch.unit)}` }
			: {}),
		...(watch.remediation ? { remediation: watch.remediation.name } : {}),
		...(now.status.note === undefined ? {} : { note: now.status.note }),
	};
}

function unscoredReading({ watch }: EffectiveWatch): WatchReading {
	const counts = { progress: 0, samples: 0, samplesNeeded: 0, seriesCount: 0 };
	return { watch, status: { name: watch.name, state: "learning", ...counts }, series: [] };
}

function knobs(item: EffectiveWatch | undefined) {
	if (!item) return {};
	const { watch, source, added, muted, tuned } = item;
	return {
		sensitivity: watch.sensitivity,
		source,
		...(added ? { added: changedBy(added) } : {}),
		...(muted ? { muted: { ...changedBy(muted), ...optionalTime("until", muted.untilMs) } } : {}),
		...(tuned ? { tuned: { ...changedBy(tuned), from: tuned.from } } : {}),
	};
}

function changedBy({ byName, atMs, reason }: ChangedBy) {
	return { by: byName, at: isoTime(atMs), ...(reason === undefined ? {} : { reason }) };
}

type Unusual = Pick<WatchSeries, "severity" | "points"> | undefined;

const worstOf = (reading: WatchReading): Unusual => reading.series.toSorted(byUnusual)[0];

/** Open findings by severity first, then by how far the newest value is from what is usual. */
function byUnusual(a: Unusual, b: Unusual): number {
	if (a?.severity !== b?.severity) {
		if (!a?.severity) return 1;
		if (!b?.severity) return -1;
		return isAtLeast(a.severity, b.severity) ? -1 : 1;
	}
	return (b?.points.at(-1)?.score ?? -1) - (a?.points.at(-1)?.score ?? -1);
}
