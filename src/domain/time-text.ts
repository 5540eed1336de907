// 15 digits: more would be beyond the last moment a Date can hold.
const TOKEN = /\{\{time:(\d{1,15})\}\}/g;

/** A time inside a text of a message. Each platform shows it in the reader's zone; see `replaceTimes`. */
export function timeToken(atMs: number): string {
	return `{{time:${Math.round(atMs)}}}`;
}

/** The text with each time token replaced by `format(atMs)`. */
export function replaceTimes(text: string, format: (atMs: number) => string): string {
	return text.replace(TOKEN, (_token, digits: string) => format(Number(digits)));
}

/** The text with its times in UTC, for records that are read in no one's zone: `2026-11-20T02:36:00.000Z`. */
export function isoTimes(text: string): string {
	return replaceTimes(text, (atMs) => new Date(atMs).toISOString());
}

/** A copy of plain data in which every string has its time tokens replaced. */
export function replaceTimesDeep<T>(value: T, format: (atMs: number) => string): T {
	if (typeof value === "string") return replaceTimes(value, format) as T;
	if (Array.isArray(value)) return value.map((item) => replaceTimesDeep(item, format)) as T;
	if (value !== null && typeof value === "object")
		return Object.fromEntries(
			Object.entries(value).map(([key, member]) => [key, replaceTimesDeep(member, format)]),
		) as T;
	return value;
}

const DAY_MS = 86_400_000;

/** A time as people read it, seen from `nowMs`: `02:36` today, `Thu 14:18` within 6 days, `9 Nov 03:05` beyond. */
export function clockText(atMs: number, nowMs: number, timeZone: string): string {
	const { time, day, weekday, date } = formatsOf(timeZone);
	const clock = time.format(atMs);
	if (day.format(atMs) === day.format(nowMs)) return clock;
	if (Math.abs(nowMs - atMs) < 6 * DAY_MS) return `${weekday.format(atMs)} ${clock}`;
	return `${date.format(atMs)} ${clock}`;
}

type Formats = Readonly<Record<"time" | "day" | "weekday" | "date", Intl.DateTimeFormat>>;

const ZONES_KEPT = 100;
const formats = new Map<string, Formats>();

/** Making a formatter takes as long as a thousand uses of it. */
function formatsOf(timeZone: string): Formats {
	const known = formats.get(timeZone);
	if (known) return known;
	const format = (options: Intl.DateTimeFormatOptions) =>
		new Intl.DateTimeFormat("en-GB", { timeZone, ...options });
	const made = {
		time: format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
		day: format({ year: "numeric", month: "2-digit", day: "2-digit" }),
		weekday: format({ weekday: "short" }),
		date: format({ day: "numeric", month: "short" }),
	};
	if (formats.size >= ZONES_KEPT) formats.clear();
	formats.set(timeZone, made);
	return made;
}
