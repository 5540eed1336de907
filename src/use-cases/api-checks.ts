import { AppError } from "../domain/errors.ts";
import type { ApiOptions, ApiPoint } from "./api-point.ts";

/** Spacings a detector is opened for: each is a bank of its own. */
const STEPS_SECONDS = [1, 5, 15, 60, 300, 900, 3600, 86_400];
const DEFAULT_STEP_SECONDS = 60;
/** How far a clock may be ahead of ours, where a step is not longer. */
const AHEAD_MS = 60_000;

/** What a series was begun with. */
export type BegunWith = Required<{ readonly [Key in keyof ApiOptions]: NonNullable<ApiOptions[Key]> }>;

/** The spacing that is opened for a series whose points are about so far apart. */
export function nearestStep(seconds: number = DEFAULT_STEP_SECONDS): number {
	return STEPS_SECONDS.reduce((best, step) =>
		Math.abs(Math.log(step / seconds)) < Math.abs(Math.log(best / seconds)) ? step : best,
	);
}

/** A series keeps what it was begun with: learned under other options, its scores would mean something else. */
export function refuseOther(name: string, known: BegunWith, options: ApiOptions): void {
	const asked = {
		...options,
		...(options.stepSeconds === undefined ? {} : { stepSeconds: nearestStep(options.stepSeconds) }),
	};
	for (const key of ["detector", "sensitivity", "direction", "stepSeconds"] as const)
		if (asked[key] !== undefined && asked[key] !== known[key])
			throw new AppError(
				"conflict",
				`${name} was begun with ${key} ${known[key]}. Leave ${key} out, use another name, or begin it anew by training it.`,
			);
}

/**
 * A point of the future would make a series pass over all that is true until then. AppError `invalid` for a time that
 * is more than a minute ahead, or one step where that is longer.
 */
export function refuseAhead(
	series: string,
	{ atMs }: Pick<ApiPoint, "atMs">,
	stepSeconds: number,
	nowMs: number,
): void {
	const aheadMs = Math.max(AHEAD_MS, stepSeconds * 1000);
	if (atMs === undefined || atMs <= nowMs + aheadMs) return;
	const [at, now] = [atMs, nowMs].map((ms) => new Date(ms).toISOString());
	throw new AppError(
		"invalid",
		`${series} has a point of ${at}, which is ahead of now (${now}). Times may be at most a minute or one step ahead; nothing of this request was learned.`,
	);
}

/** History without times is taken as evenly spaced, up to now. AppError `invalid` where only some have a time. */
export function withTimes(
	points: readonly Omit<ApiPoint, "series">[],
	nowMs: number,
	stepMs: number,
): { readonly value: number | null; readonly atMs: number }[] {
	const timed = points.filter(({ atMs }) => atMs !== undefined).length;
	if (timed !== 0 && timed !== points.length)
		throw new AppError("invalid", "Write a time at every point, or at none; nothing was learned.");
	const last = points.length - 1;
	return points.map(({ value, atMs }, index) => ({ value, atMs: atMs ?? nowMs - (last - index) * stepMs }));
}
