const DAY_MS = 86_400_000;

/**
 * A moment as pages and cards write it: `02:36` today, `Thu 14:18` within six days, `9 Nov 03:05` beyond. The zone is
 * named elsewhere, once.
 */
export function timeText(atMs: number, nowMs: number, timeZone: string): string {
	const part = (options: Intl.DateTimeFormatOptions, ms = atMs) =>
		new Intl.DateTimeFormat("en-GB", { timeZone, ...options }).format(ms);
	const clock = part({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
	const day = (ms: number) => part({ year: "numeric", month: "2-digit", day: "2-digit" }, ms);
	if (day(atMs) === day(nowMs)) return clock;
	if (Math.abs(nowMs - atMs) < 6 * DAY_MS) return `${part({ weekday: "short" })} ${clock}`;
	return `${part({ day: "numeric" })} ${part({ month: "short" })} ${clock}`;
}

const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/** A count as sentences write it: words up to ten, digits beyond. */
export function countText(count: number): string {
	return NUMBERS[count] ?? String(count);
}

/** A text with its first letter in upper case. */
export function capitalized(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
