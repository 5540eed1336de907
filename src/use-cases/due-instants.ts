import { CronExpressionParser } from "cron-parser";

/** A cron expression (five fields, or six with seconds) in an IANA time zone. */
export type CronSchedule = { readonly cron: string; readonly timeZone: string };

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** From how long before a change of the clocks the parser must walk to judge the hours around it. */
const LEAD_MS = 6 * 3_600_000;
/** How far to look back, in growing steps: dense schedules are found in the first, 29 February in the last. */
const STEPS_MS = [10 * MINUTE_MS, 3 * 3_600_000, 2 * DAY_MS, 40 * DAY_MS, 400 * DAY_MS, 3000 * DAY_MS];

/**
 * The newest instant in (`afterMs`, `untilMs`] at which a schedule is due, in Unix milliseconds; undefined where there
 * is none. On the day clocks go forward an hour that does not exist counts as the one after it; on the day they go
 * back, a time that exists twice counts once. Throws where the expression can't be read.
 */
export function newestDue(schedule: CronSchedule, afterMs: number, untilMs: number): number | undefined {
	// Only forwards: going back, the parser leaves out hours that do not exist and counts others twice.
	for (const stepMs of STEPS_MS) {
		const fromMs = Math.max(afterMs, untilMs - stepMs);
		const found = lastBetween(schedule, fromMs, untilMs);
		if (found !== undefined) return found;
		if (fromMs <= afterMs) return undefined;
	}
	return undefined;
}

/** The first instant after `afterMs` at which a schedule is due, or undefined within eight years. Throws as `newestDue`. */
export function nextDue(schedule: CronSchedule, afterMs: number): number | undefined {
	const lastMs = afterMs + (STEPS_MS.at(-1) ?? 0);
	for (const dueMs of dueBetween(schedule, afterMs, lastMs)) return dueMs;
	return undefined;
}

/** Whether a schedule is due at this very instant. */
export function isDue(schedule: CronSchedule, instantMs: number): boolean {
	return newestDue(schedule, instantMs - 1, instantMs) === instantMs;
}

function lastBetween(schedule: CronSchedule, fromMs: number, untilMs: number): number | undefined {
	let last: number | undefined;
	for (const dueMs of dueBetween(schedule, fromMs, untilMs)) last = dueMs;
	return last;
}

/** Every instant in (`fromMs`, `untilMs`], the earliest first. */
function* dueBetween({ cron, timeZone }: CronSchedule, fromMs: number, untilMs: number): Generator<number> {
	const changed = offsetOf(timeZone, fromMs - LEAD_MS) !== offsetOf(timeZone, fromMs);
	const startMs = changed ? fromMs - LEAD_MS : fromMs;
	const expression = CronExpressionParser.parse(shortNames(cron), {
		tz: timeZone,
		// Excluded itself, and cut to whole seconds.
		currentDate: new Date(Math.floor(startMs / 1000) * 1000),
		endDate: new Date(untilMs + 1),
	});
	while (expression.hasNext()) {
		const dueMs = expression.next().getTime();
		if (dueMs > untilMs) return;
		if (dueMs > fromMs) yield dueMs;
	}
}

/** node-cron takes `January` and `Sunday`, the parser `Jan` and `Sun`. */
function shortNames(cron: string): string {
	return cron.replaceAll(/[a-z]{4,}/gi, (word) => word.slice(0, 3));
}

/** How far a zone is from UTC at an instant, as text such as `GMT+02:00`. */
function offsetOf(timeZone: string, atMs: number): string | undefined {
	const format = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
	return format.formatToParts(atMs).find((part) => part.type === "timeZoneName")?.value;
}
