import type { z } from "zod";
import { formatQuantity } from "../../src/domain/quantity.ts";
import { isAtLeast } from "../../src/domain/severity.ts";
import type { WatchReading, WatchSeries } from "../../src/ports/watch-board.ts";
import { expectedText } from "../../src/use-cases/describe-finding.ts";
import type { WatchView } from "./api-schema.ts";

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
				? unknownBand(status.state)
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

/** All watches, least usual first. */
export function watchViews(readings: readonly WatchReading[]): z.input<typeof WatchView>[] {
	return readings
		.toSorted((a, b) => byUnusual(worstOf(a), worstOf(b)) || a.watch.name.localeCompare(b.watch.name))
		.map(watchView);
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
