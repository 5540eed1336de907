import type { BankDetector } from "../../models/define-bank.ts";
import { judgesTargets } from "../../models/target/judges-targets.ts";
import { AppError } from "../domain/errors.ts";
import type { ApiOptions, ApiPoint } from "./api-point.ts";

/** Spacings a detector is opened for: each is a bank of its own. */
const STEPS_SECONDS = [1, 5, 15, 60, 300, 900, 3600, 86_400];
const DEFAULT_STEP_SECONDS = 60;
/** How far a clock may be ahead of ours, where a step is not longer. */
const AHEAD_MS = 60_000;

/** What a series was begun with. */
export type BegunWith = Required<{ readonly [Key in keyof ApiOptions]: NonNullable<ApiOptions[Key]> }>;

/** What is said of a point without a value. */
export const NOTHING = {
	score: 0,
	outside: false,
	tailProbability: 1,
	reasons: [],
	passedOver: "There is no value.",
} as const;

/** What has no value is neither judged nor learned, and begins no series. */
export function hasValue({ value }: Pick<ApiPoint, "value">): boolean {
	return value !== null && Number.isFinite(value);
}

/** The detector that was asked for by `name`. AppError `invalid` where there is none, or it judges no single series. */
export function fitDetector(detector: BankDetector | undefined, name: string | undefined): BankDetector {
	if (!detector)
		throw new AppError("invalid", `There is no detector "${name}". Leave detector out for the default.`);
	if (!judgesTargets({ detector: detector.name })) return detector;
	throw new AppError(
		"invalid",
		`The detector "${detector.name}" judges all metrics of a target together, and this is one series. Name another detector, or make a watch with detector: ${detector.name}.`,
	);
}

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
