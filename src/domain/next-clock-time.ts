const MINUTE_MS = 60_000;
const SEARCHED_MINUTES = 3 * 1440;

/**
 * The next moment after `nowMs` at which the clocks of a zone show a time of day (`HH:MM`), in Unix milliseconds. A time
 * that does not exist today, as when clocks go forward, is found tomorrow. Undefined for what is no time of day. Pure.
 */
export function nextClockTime(clock: string, nowMs: number, timeZone: string): number | undefined {
	const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(clock);
	if (!match) return undefined;
	const wanted = `${match[1]?.padStart(2, "0")}:${match[2]}`;
	const format = new Intl.DateTimeFormat("en-GB", {
		timeZone,
		hour: "2-digit",
		minute: "2-digit",
		hourCycle: "h23",
	});
	const firstMs = (Math.floor(nowMs / MINUTE_MS) + 1) * MINUTE_MS;
	for (let minute = 0; minute < SEARCHED_MINUTES; minute += 1) {
		const atMs = firstMs + minute * MINUTE_MS;
		if (format.format(atMs) === wanted) return atMs;
	}
	return undefined;
}
