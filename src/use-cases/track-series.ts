/** What is remembered of one series between two points. */
export type SeriesTrack = {
	readonly open: boolean;
	readonly outsideSinceMs?: number;
	readonly outsideCount: number;
	readonly insideSinceMs?: number;
	readonly insideCount: number;
	/** The highest score since it went outside: a detector may score only what is new, and rest after it. */
	readonly peakScore?: number;
};

/** What a new point means for the series. */
export type TrackEvent = "none" | "open" | "update" | "close";

/** A series about which nothing is known. */
export const QUIET: SeriesTrack = { open: false, outsideCount: 0, insideCount: 0 };

const OPEN_AFTER_POINTS = 2;
const CLOSE_AFTER_POINTS = 4;
const CLOSE_AFTER_MS = 10_000;

/**
 * Turns judged points into findings. One outside point is never a finding: it takes two in a row and `forSeconds`.
 * A finding ends after four points in a row, and at least 10 s, inside the band.
 */
export function trackSeries(
	track: SeriesTrack,
	point: { readonly t: number; readonly ready: boolean; readonly outside: boolean; readonly score?: number },
	forSeconds: number,
): { readonly track: SeriesTrack; readonly event: TrackEvent } {
	if (!point.ready) return { track: track.open ? track : QUIET, event: "none" };
	if (!point.outside) {
		const insideCount = track.insideCount + 1;
		const insideSinceMs = track.insideSinceMs ?? point.t;
		const ended =
			track.open && insideCount >= CLOSE_AFTER_POINTS && point.t - insideSinceMs >= CLOSE_AFTER_MS;
		if (ended || !track.open) return { track: QUIET, event: ended ? "close" : "none" };
		return { track: { ...track, insideCount, insideSinceMs, outsideCount: 0 }, event: "update" };
	}
	const outsideCount = track.outsideCount + 1;
	const outsideSinceMs = track.outsideSinceMs ?? point.t;
	const long = point.t - outsideSinceMs >= forSeconds * 1000;
	const opens = !track.open && outsideCount >= OPEN_AFTER_POINTS && long;
	const next = {
		open: track.open || opens,
		outsideSinceMs,
		outsideCount,
		insideCount: 0,
		...(point.score === undefined ? {} : { peakScore: Math.max(track.peakScore ?? 0, point.score) }),
	};
	return { track: next, event: opens ? "open" : track.open ? "update" : "none" };
}
