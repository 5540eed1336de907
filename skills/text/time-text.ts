import { startOfDay, wallClock, zoneName } from "./zoned-time.ts";

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const SIX_DAYS_MS = 6 * 86_400_000;

/** Where times are read: the moment that counts as now, and the reader's zone. */
export type Reader = { readonly nowMs: number; readonly timeZone: string };

/** A moment as people read it: `02:36` today, `Thu 14:18` within six days, `9 Nov 03:05` beyond. Without the zone. */
export function momentText(ms: number, { nowMs, timeZone }: Reader): string {
	const { hour, minute, day, month, weekday } = wallClock(ms, timeZone);
	const clock = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
	const today = startOfDay(nowMs, timeZone);
	if (ms >= today && ms < startOfDay(nowMs, timeZone, 1)) return clock;
	if (Math.abs(ms - nowMs) < SIX_DAYS_MS) return `${DAYS[weekday]} ${clock}`;
	return `${day} ${MONTHS[month - 1]} ${clock}`;
}

/** A moment with the zone's name, for the one place of a message that states it. */
export function momentWithZone(ms: number, reader: Reader): string {
	return `${momentText(ms, reader)} ${zoneName(ms, reader.timeZone)}`;
}

/** A span with its zone: `02:20–02:47 CET`, `Thu 03:00 – 03:00 CET`. */
export function spanText(startMs: number, endMs: number, reader: Reader): string {
	const [from, to] = [momentText(startMs, reader), momentText(endMs, reader)];
	const dash = from.includes(" ") || to.includes(" ") ? " – " : "–";
	return `${from}${dash}${to} ${zoneName(endMs, reader.timeZone)}`;
}
