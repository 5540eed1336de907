import type { DetectorState, Verdict } from "../../models/define-detector.ts";
import type { Anomaly } from "../domain/anomaly.ts";
import { worse } from "../domain/severity.ts";
import type { Labels, Sample } from "../domain/time-series.ts";
import type { Watch } from "../domain/watch.ts";
import { severityOf } from "./describe-finding.ts";
import type { Finding } from "./open-incident.ts";
import { QUIET, type SeriesTrack } from "./track-series.ts";

/** What the scorer of a watch holds of one series. */
export type SeriesState = {
	readonly labels: Labels;
	readonly target: string;
	readonly detector: DetectorState;
	recent: Sample[];
	track: SeriesTrack;
	anomaly?: Anomaly;
	lastSeenMs: number;
};

/**
 * The detector's word; or, while it learns anew under an open anomaly (its state was lost), the band the anomaly was
 * opened with. Values outside that band are then not learned: they are what is wrong.
 */
export function judgeValue({ anomaly, detector }: SeriesState, watch: Watch, value: number): Verdict {
	if (!anomaly || detector.seen >= detector.needed) return detector.push(value);
	const half = Math.max((anomaly.band.high - anomaly.band.low) / 2, 1e-12);
	const distance = value - middle(anomaly);
	const counted =
		watch.direction === "below" ? -distance : watch.direction === "above" ? distance : Math.abs(distance);
	const score = Number.isFinite(value) ? Math.max(0, counted / half) : 0;
	if (score <= 1) detector.push(value);
	return { ready: true, score, outside: score > 1, band: anomaly.band };
}

/** The state of a series that is known from before; an open anomaly of it goes on. */
export function seriesState(
	known: Pick<SeriesState, "labels" | "target" | "detector" | "lastSeenMs">,
	anomaly: Anomaly | undefined,
): SeriesState {
	if (!anomaly) return { ...known, recent: [], track: QUIET };
	const track = { open: true, outsideSinceMs: anomaly.outsideSinceMs, outsideCount: 1, insideCount: 0 };
	return { ...known, recent: [], track, anomaly };
}

/** What is told of a series that left its band. */
export function findingOf(
	watch: Watch,
	state: SeriesState,
	verdict: Verdict,
	track: SeriesTrack,
	atMs: number,
): Finding {
	const value = state.recent.at(-1)?.v ?? Number.NaN;
	return {
		watch,
		labels: state.labels,
		target: state.target,
		atMs,
		outsideSinceMs: track.outsideSinceMs ?? atMs,
		value,
		score: verdict.score,
		severity: severityOf(verdict.score, watch),
		band: verdict.band ?? { low: value, high: value },
		recent: state.recent,
	};
}

/** An open anomaly with its newest value; `close`: it ended with it. */
export function updatedAnomaly(
	anomaly: Anomaly,
	watch: Watch,
	value: number,
	verdict: Verdict,
	atMs: number,
	close: boolean,
): Anomaly {
	const further = Math.abs(value - middle(anomaly)) > Math.abs(anomaly.peak - middle(anomaly));
	return {
		...anomaly,
		lastSeenAtMs: atMs,
		value,
		peak: further ? value : anomaly.peak,
		score: Math.max(anomaly.score, verdict.score),
		severity: verdict.outside ? worse(anomaly.severity, severityOf(verdict.score, watch)) : anomaly.severity,
		...(close ? { closedAtMs: atMs } : {}),
	};
}

function middle(anomaly: Anomaly): number {
	return (anomaly.band.low + anomaly.band.high) / 2;
}
