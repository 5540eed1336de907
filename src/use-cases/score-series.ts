import type { Bank, Judgement } from "../../models/define-bank.ts";
import type { Anomaly } from "../domain/anomaly.ts";
import { furtherOf } from "../domain/left-band.ts";
import { parseLabelsText } from "../domain/parse-labels-text.ts";
import { worse } from "../domain/severity.ts";
import type { Watch } from "../domain/watch.ts";
import { severityOf } from "./describe-finding.ts";
import type { Finding } from "./open-incident.ts";
import type { SeriesTable } from "./series-table.ts";
import type { SeriesTrack } from "./track-series.ts";

/** Half of the threshold: a quiet series below this needs no closer look. */
const NOTEWORTHY = 0.5;

/**
 * The detector's judgement of the next value of a series, which it learns; undefined where there is nothing to look
 * at. While it learns anew under an open anomaly (its state was lost), the band of the anomaly judges, and values
 * outside of it are not learned: they are what is wrong.
 */
export function judgeValue(
	bank: Bank,
	slot: number,
	point: { readonly value: number; readonly atMs: number; readonly closely: boolean },
	watch: Watch,
	anomaly: Anomaly | undefined,
): Judgement | undefined {
	const { value, atMs } = point;
	// The score of a target that is still learned says nothing of how it is: its finding waits until it is ready.
	if (!anomaly || bank.gathering || bank.seen(slot) >= bank.needed) {
		const score = bank.push(slot, value, atMs);
		return point.closely || score > NOTEWORTHY ? bank.judgement(slot) : undefined;
	}
	const half = Math.max((anomaly.band.high - anomaly.band.low) / 2, 1e-12);
	const distance = value - middle(anomaly);
	const counted =
		watch.direction === "below" ? -distance : watch.direction === "above" ? distance : Math.abs(distance);
	const score = Number.isFinite(value) ? Math.max(0, counted / half) : 0;
	const outside = score > 1;
	if (!outside) bank.push(slot, value, atMs);
	return { ready: true, score, outside, tailProbability: outside ? 0 : 1, band: anomaly.band };
}

/** The track of a series whose anomaly is open, where nothing else is known of it. */
export function openTrack(anomaly: Anomaly): SeriesTrack {
	return { open: true, outsideSinceMs: anomaly.outsideSinceMs, outsideCount: 1, insideCount: 0 };
}

/** What is told of a series that left its band. */
export function findingOf(
	watch: Watch,
	table: SeriesTable,
	slot: number,
	judgement: Judgement,
	track: SeriesTrack,
	reasons: Finding["reasons"],
): Finding {
	const recent = table.recent(slot);
	const score = Math.max(judgement.score, track.peakScore ?? 0);
	const { t: atMs, v: value } = recent.at(-1) ?? { t: table.lastSeenMs(slot), v: Number.NaN };
	return {
		watch,
		labels: parseLabelsText(table.series(slot)) ?? {},
		target: table.target(slot),
		atMs,
		outsideSinceMs: track.outsideSinceMs ?? atMs,
		value,
		score,
		severity: severityOf(score, watch),
		band: judgement.band ?? { low: value, high: value },
		recent,
		...(reasons ? { reasons } : {}),
	};
}

/** An open anomaly with its newest value; `close`: it ended with it. */
export function updatedAnomaly(
	anomaly: Anomaly,
	watch: Watch,
	value: number,
	judgement: Judgement,
	atMs: number,
	close: boolean,
): Anomaly {
	return {
		...anomaly,
		lastSeenAtMs: atMs,
		value,
		peak: furtherOf(anomaly.band, anomaly.peak, value),
		score: Math.max(anomaly.score, judgement.score),
		severity: judgement.outside
			? worse(anomaly.severity, severityOf(judgement.score, watch))
			: anomaly.severity,
		...(close ? { closedAtMs: atMs } : {}),
	};
}

function middle(anomaly: Anomaly): number {
	return (anomaly.band.low + anomaly.band.high) / 2;
}
