import type { Band } from "../domain/anomaly.ts";
import type { Sample } from "../domain/time-series.ts";

/** So many slices of time are kept of each series: what a chart can show. */
const SKETCH_SLICES = 180;
const FIELDS = 4;

/**
 * A series as a chart needs it, in bounded memory: of each slice of time its lowest and its highest point, and for each
 * of `bands` detectors the band at its last point.
 */
export type Sketch = {
	add(sample: Sample): void;
	addBand(which: number, t: number, band: Band): void;
	/** Extremes in order of time; a slice without points breaks the line by a point without a value. */
	points(): { readonly t: number; readonly v: number | null }[];
	bands(which: number): { readonly t: number; readonly low: number; readonly high: number }[];
};

/** An empty sketch of a span. */
export function createSketch(startMs: number, endMs: number, bands: number): Sketch {
	const sliceMs = Math.max(1, (endMs - startMs + 1) / SKETCH_SLICES);
	/** Of each slice: time and value of the lowest, time and value of the highest. */
	const extremes = new Float64Array(SKETCH_SLICES * FIELDS).fill(Number.NaN);
	const edges = new Float64Array(SKETCH_SLICES * bands * 3).fill(Number.NaN);
	const sliceOf = (t: number) =>
		Math.min(SKETCH_SLICES - 1, Math.max(0, Math.floor((t - startMs) / sliceMs)));
	return {
		add: ({ t, v }) => {
			if (!Number.isFinite(v)) return;
			const at = sliceOf(t) * FIELDS;
			if (!(v >= (extremes[at + 1] ?? Number.NaN))) {
				extremes[at] = t;
				extremes[at + 1] = v;
			}
			if (!(v <= (extremes[at + 3] ?? Number.NaN))) {
				extremes[at + 2] = t;
				extremes[at + 3] = v;
			}
		},
		addBand: (which, t, { low, high }) => {
			if (!Number.isFinite(low) || !Number.isFinite(high)) return;
			edges.set([t, low, high], (which * SKETCH_SLICES + sliceOf(t)) * 3);
		},
		points: () => {
			const points: { t: number; v: number | null }[] = [];
			for (let slice = 0; slice < SKETCH_SLICES; slice += 1) {
				const [lowT = Number.NaN, low = 0, highT = 0, high = 0] = extremes.subarray(
					slice * FIELDS,
					(slice + 1) * FIELDS,
				);
				if (Number.isNaN(lowT)) {
					if (points.length > 0 && points.at(-1)?.v !== null)
						points.push({ t: Math.round(startMs + slice * sliceMs), v: null });
				} else if (lowT === highT) points.push({ t: lowT, v: low });
				else if (lowT < highT) points.push({ t: lowT, v: low }, { t: highT, v: high });
				else points.push({ t: highT, v: high }, { t: lowT, v: low });
			}
			return points.at(-1)?.v === null ? points.slice(0, -1) : points;
		},
		bands: (which) => {
			const found: { t: number; low: number; high: number }[] = [];
			for (let slice = 0; slice < SKETCH_SLICES; slice += 1) {
				const at = (which * SKETCH_SLICES + slice) * 3;
				const [t = Number.NaN, low = 0, high = 0] = edges.subarray(at, at + 3);
				if (!Number.isNaN(t)) found.push({ t, low, high });
			}
			return found;
		},
	};
}
