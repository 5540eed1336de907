import type { ForecastPoint } from "./forecast.ts";
import type { VerificationSpec } from "./plan.ts";
import type { Unit } from "./quantity.ts";
import type { Sample } from "./time-series.ts";
import type { VerificationVerdict } from "./verification.ts";

/** Nearer to the band, or further from it, by a fifth at least; the forecast's range must lie between as well. */
const NEARER = 0.8;
const FURTHER = 1.25;

/**
 * How a value outside its band compares with what doing nothing would have led to by then: better or worse only where
 * it lies beyond the whole 80 % range of the forecast. Undefined where the forecast does not reach that instant. Pure.
 */
export function compareWithNothing(
	{ band, unit }: Pick<VerificationSpec, "band" | "unit">,
	last: Sample,
	doNothing: readonly ForecastPoint[],
): VerificationVerdict["doNothing"] {
	const point = pointAt(doNothing, last.t);
	if (!point || !Number.isFinite(last.v)) return undefined;
	const possible = (v: number) => withinReach(v, unit, last.v);
	const distance = (v: number) => Math.max(band.low - v, v - band.high, 0);
	const value = possible(point.v);
	const edges = [possible(point.low), possible(point.high)];
	const straddles = (edges[0] ?? 0) <= band.high && (edges[1] ?? 0) >= band.low;
	const nearest = straddles ? 0 : Math.min(...edges.map(distance));
	const furthest = Math.max(...edges.map(distance));
	const [actual, expected] = [distance(last.v), distance(value)];
	if (actual < nearest && actual <= NEARER * expected) return { value, compared: "better" };
	if (actual > furthest && actual >= FURTHER * expected) return { value, compared: "worse" };
	return { value, compared: "same" };
}

/**
 * The samples a forecast of doing nothing is made from: the newest unbroken run outside the band, for values from
 * before it would bend the line back. Oldest first, at most `maximum`. Pure.
 */
export function forecastBasis(
	{ band }: Pick<VerificationSpec, "band">,
	before: readonly Sample[],
	maximum = 12,
): readonly Sample[] {
	const inside = before.findLastIndex(({ v }) => v >= band.low && v <= band.high);
	return before.slice(inside + 1).slice(-maximum);
}

/** The forecast at an instant, on the straight line between its points; up to one step beyond its end as there. */
function pointAt(points: readonly ForecastPoint[], t: number): Omit<ForecastPoint, "t"> | undefined {
	const next = points.findIndex((point) => point.t >= t);
	const to = points[next];
	const [before, last] = points.slice(-2);
	if (!to) return before && last && t - last.t <= last.t - before.t ? last : undefined;
	if (to.t === t) return to;
	const from = points[next - 1];
	if (!from) return undefined;
	const share = (t - from.t) / (to.t - from.t);
	const between = (a: number, b: number) => a + share * (b - a);
	return { v: between(from.v, to.v), low: between(from.low, to.low), high: between(from.high, to.high) };
}

/** A straight line knows no bounds; shares end at 100 %, and what is counted or measured does not fall below 0. */
function withinReach(v: number, unit: Unit, seen: number): number {
	const most = unit === "percent" && seen <= 100 ? 100 : Number.POSITIVE_INFINITY;
	return Math.min(most, Math.max(seen >= 0 ? 0 : Number.NEGATIVE_INFINITY, v));
}
