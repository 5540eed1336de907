import type { Chart, WatchView } from "../../../web/src/api/types.generated.ts";

export const MB = 1024 * 1024;
const MINUTE_MS = 60_000;

/** A number between -1 and 1 that looks random and is the same every time. */
function wobble(step: number): number {
	const value = Math.sin(step * 12.9898) * 43_758.5453;
	return 2 * (value - Math.floor(value)) - 1;
}

/** Memory of checkout: inside 190 to 260 MB until eleven minutes ago, then rising by 48 MB a minute. */
function leak(nowMs: number, minutes: number, stepSeconds = 30) {
	const steps = Math.round((minutes * 60) / stepSeconds);
	return Array.from({ length: steps + 1 }, (_, index) => {
		const t = nowMs - (steps - index) * stepSeconds * 1000;
		const outsideMinutes = Math.max(0, 11 - (nowMs - t) / MINUTE_MS);
		return { t, v: (228 + 9 * wobble(index) + outsideMinutes * 52) * MB };
	});
}

/** The chart of an open incident, in Unix milliseconds up to `nowMs`. */
export function leakChart(nowMs: number, minutes = 56): Chart {
	const startMs = nowMs - minutes * MINUTE_MS;
	const endMs = nowMs + 14 * MINUTE_MS;
	const since = nowMs - 11 * MINUTE_MS;
	return {
		title: "Memory of checkout",
		unit: "bytes",
		startMs,
		endMs,
		lines: [{ name: "checkout", role: "value", points: leak(nowMs, minutes) }],
		band: {
			points: [startMs, endMs].map((t) => ({ t, low: 190 * MB, high: 260 * MB })),
			label: "expected 190–260 MB",
		},
		outside: [{ startMs: since, endMs: nowMs, severity: "high", label: "left its band" }],
		limit: { value: 1024 * MB, label: "container limit 1,024 MB" },
		forecast: {
			points: [0, 7, 14].map((minute) => {
				const v = (804 + minute * 48) * MB;
				return {
					t: nowMs + minute * MINUTE_MS,
					v,
					low: v * (1 - minute / 200),
					high: v * (1 + minute / 200),
				};
			}),
			label: "if nothing is done",
		},
		mark: { t: nowMs, v: 800 * MB, label: "now 804 MB" },
		alt: "Memory of checkout over the last hour. Inside 190 to 260 MB until eleven minutes ago, then rising to 804 MB.",
	};
}

/** A sparkline's points: `level` with some noise in a band of plus and minus `width`. */
export function calmSpark(
	nowMs: number,
	level: number,
	width: number,
	points = 80,
	withBand = true,
): WatchView["spark"] {
	return Array.from({ length: points }, (_, index) => ({
		t: nowMs - (points - 1 - index) * 5000,
		v: level + width * (0.5 * wobble(index) + 0.35 * Math.sin(index / 9)),
		...(withBand ? { low: level - width, high: level + width } : {}),
	}));
}

/** The sparkline of the leak. */
export function leakSpark(nowMs: number): WatchView["spark"] {
	return leak(nowMs, 56).map((point) => ({ ...point, low: 190 * MB, high: 260 * MB }));
}
