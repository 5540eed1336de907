import { AppError } from "../domain/errors.ts";

/** A series that was used so lately keeps its place, and longer once it has learned enough to be judged. */
const KEPT_MS = 3_600_000;
const READY_KEPT_MS = 86_400_000;
const RETRY_SECONDS = 600;

/** The names of the series that may leave for others, in their order. */
export function leavable(
	series: ReadonlyMap<string, { readonly usedAtMs: number; readonly ready: boolean }>,
	nowMs: number,
): readonly string[] {
	const names: string[] = [];
	for (const [name, { usedAtMs, ready }] of series)
		if (nowMs - usedAtMs >= (ready ? READY_KEPT_MS : KEPT_MS)) names.push(name);
	return names;
}

/** AppError `limited` where so many new series are more than the places there are for them. */
export function refuseBeyond(most: number, fresh: number, places: number): void {
	if (fresh <= places) return;
	throw new AppError(
		"limited",
		`At most ${most} series are held, those in use keep their place, and ${fresh} new ones have ${places} places. Send fewer names, or wait until others were not used for an hour; nothing of this request was learned.`,
		{ retryAfterSeconds: RETRY_SECONDS },
	);
}
