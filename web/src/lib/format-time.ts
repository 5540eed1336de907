/** Times as people read them: the browser's zone, 24 h clock, the zone named once. All instants are Unix milliseconds. */

const DAY_MS = 86_400_000;
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const clockWithSeconds = new Intl.DateTimeFormat("en-GB", {
	hour: "2-digit",
	minute: "2-digit",
	second: "2-digit",
});
const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "short" });
const dayAndMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const zone = new Intl.DateTimeFormat("en-GB", { timeZoneName: "short" });

/** `02:36` */
export function formatClock(ms: number): string {
	return clock.format(ms);
}

/** `02:46:51` */
export function formatClockWithSeconds(ms: number): string {
	return clockWithSeconds.format(ms);
}

/** `CET` */
export function zoneName(ms: number): string {
	return zone.formatToParts(ms).find((part) => part.type === "timeZoneName")?.value ?? "";
}

/** `Fri 20 Nov, 02:47 CET` */
export function formatDayAndClock(ms: number): string {
	return `${weekday.format(ms)} ${dayAndMonth.format(ms)}, ${clock.format(ms)} ${zoneName(ms)}`;
}

/** `02:36` today, `Thu 14:18` within six days, `9 Nov 03:05` beyond. */
export function formatWhen(ms: number, nowMs: number): string {
	if (dayAndMonth.format(ms) === dayAndMonth.format(nowMs) && nowMs - ms < DAY_MS) return clock.format(ms);
	if (Math.abs(nowMs - ms) < 6 * DAY_MS) return `${weekday.format(ms)} ${clock.format(ms)}`;
	return `${dayAndMonth.format(ms)} ${clock.format(ms)}`;
}

/** `02:46:51` today, `Thu 19 Nov 14:18:02` before: a record names its day. */
export function formatAuditTime(ms: number, nowMs: number): string {
	const time = clockWithSeconds.format(ms);
	const isToday = dayAndMonth.format(ms) === dayAndMonth.format(nowMs) && nowMs - ms < DAY_MS;
	return isToday ? time : `${weekday.format(ms)} ${dayAndMonth.format(ms)} ${time}`;
}

/** The two largest parts of a span: `40 s`, `11 min`, `6 h 48 min`, `2 d 4 h`. */
export function formatSpan(milliseconds: number): string {
	const seconds = Math.max(0, Math.round(milliseconds / 1000));
	if (seconds < 60) return `${seconds} s`;
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return `${minutes} min`;
	const hours = Math.floor(minutes / 60);
	if (hours < 24) return twoParts(hours, "h", minutes % 60, "min");
	return twoParts(Math.floor(hours / 24), "d", hours % 24, "h");
}

/** What is left until an expiry: minutes, and seconds under one minute. Empty when nothing is left. */
export function formatRemaining(milliseconds: number): string {
	if (milliseconds <= 0) return "";
	if (milliseconds < 60_000) return `${Math.ceil(milliseconds / 1000)} s`;
	return formatSpan(Math.ceil(milliseconds / 60_000) * 60_000);
}

function twoParts(large: number, largeUnit: string, small: number, smallUnit: string): string {
	return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
