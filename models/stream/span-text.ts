import { AGGREGATES, FIRST_MS, LAST_MS, PARTS, RING, SEEN, STEP_MS } from "./layout.ts";
import type { Row } from "./rows.ts";
import { PER_AGGREGATE, SHAPE } from "./shape.ts";
import { SCALES, SHAPE_PART, SHAPE_RECORD_PART, WEIGHTS } from "./weights.ts";

const UNITS = [
	{ name: "weeks", ms: 7 * 86_400_000 },
	{ name: "days", ms: 86_400_000 },
	{ name: "hours", ms: 3_600_000 },
	{ name: "minutes", ms: 60_000 },
	{ name: "seconds", ms: 1000 },
] as const;

/** A span rounded down, so that a claim about it holds: `3 weeks`, `6 days`, `40 minutes`. */
export function spanText(ms: number): string {
	const unit = UNITS.find((one) => ms >= 2 * one.ms) ?? UNITS[4];
	return `${Math.max(1, Math.floor(ms / unit.ms))} ${unit.name}`;
}

/** How long the series has been watched. */
export function seenText(d: Float64Array): string {
	return spanText((d[LAST_MS] ?? 0) - (d[FIRST_MS] ?? 0));
}

/** What the newest day-long shape is beside those that are remembered. */
export function shapesText({ d, f }: Row): string {
	const record = (f[PARTS + SHAPE_RECORD_PART] ?? 0) / (WEIGHTS[SHAPE_RECORD_PART] ?? 1);
	const rare = (f[PARTS + SHAPE_PART] ?? 0) / (WEIGHTS[SHAPE_PART] ?? 1);
	const step = stepMs(d);
	const remembered = (Math.min(RING, d[AGGREGATES] ?? 0) - SHAPE) * PER_AGGREGATE * step;
	const shape = spanText(SHAPE * PER_AGGREGATE * step);
	if (rare >= 1 || record * (SCALES[SHAPE_RECORD_PART] ?? 1) >= 1)
		return `a shape of the last ${shape} not seen in the ${spanText(remembered)} before`;
	return `an unusual shape of the last ${shape}`;
}

/** The smaller of the mean and the newest usual step: spans of points are never overstated. */
function stepMs(d: Float64Array): number {
	const mean = ((d[LAST_MS] ?? 0) - (d[FIRST_MS] ?? 0)) / Math.max(1, (d[SEEN] ?? 0) - 1);
	return Math.min(mean, d[STEP_MS] ?? 0);
}
