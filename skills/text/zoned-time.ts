const formatters = new Map<string, Intl.DateTimeFormat>();
const MOST_ZONES = 64;

/** A moment's fields on the wall clock of a zone. `month` is 1-12, `weekday` 0 is Sunday. */
export type WallClock = {
	readonly year: number;
	readonly month: number;
	readonly day: number;
	readonly hour: number;
	readonly minute: number;
	readonly second: number;
	readonly weekday: number;
};

/** The fields of `ms` (Unix milliseconds) in an IANA zone; a zone that does not exist counts as UTC. */
export function wallClock(ms: number, timeZone: string): WallClock {
	const parts = formatterFor(timeZone).formatToParts(ms);
	const field = (type: Intl.DateTimeFormatPartTypes) =>
		Number(parts.find((part) => part.type === type)?.value ?? 0);
	const date = { year: field("year"), month: field("month"), day: field("day") };
	return {
		...date,
		hour: field("hour") % 24,
		minute: field("minute"),
		second: field("second"),
		weekday: new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDay(),
	};
}

/** The moment of a wall clock's fields; a time that a change of clocks skips moves forward by the change. */
export function momentOf(
	fields: {
		readonly year: number;
		readonly month: number;
		readonly day: number;
		readonly hour?: number;
		readonly minute?: number;
	},
	timeZone: string,
): number {
	const asUtc = Date.UTC(fields.year, fields.month - 1, fields.day, fields.hour ?? 0, fields.minute ?? 0);
	const first = asUtc - offsetAt(asUtc, timeZone);
	return asUtc - offsetAt(first, timeZone);
}

/** Midnight of the day that holds `ms`, `days` later (negative: earlier). */
export function startOfDay(ms: number, timeZone: string, days = 0): number {
	const { year, month, day } = wallClock(ms, timeZone);
	return momentOf({ year, month, day: day + days }, timeZone);
}

/** The zone's short name at that moment, such as CET; for a zone that does not exist UTC. */
export function zoneName(ms: number, timeZone: string): string {
	const parts = formatterFor(timeZone).formatToParts(ms);
	return parts.find((part) => part.type === "timeZoneName")?.value ?? "UTC";
}

/** The zone if it exists, else UTC. */
export function existingZone(timeZone: string): string {
	return formatterFor(timeZone).resolvedOptions().timeZone === "UTC" ? "UTC" : timeZone;
}

function offsetAt(ms: number, timeZone: string): number {
	const { year, month, day, hour, minute, second } = wallClock(ms, timeZone);
	return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000;
}

function formatterFor(timeZone: string): Intl.DateTimeFormat {
	const known = formatters.get(timeZone);
	if (known) return known;
	const made = makeFormatter(timeZone) ?? makeFormatter("UTC") ?? new Intl.DateTimeFormat();
	if (formatters.size >= MOST_ZONES) formatters.clear();
	formatters.set(timeZone, made);
	return made;
}

function makeFormatter(timeZone: string): Intl.DateTimeFormat | undefined {
	try {
		return new Intl.DateTimeFormat("en-GB", {
			timeZone,
			hourCycle: "h23",
			year: "numeric",
			month: "numeric",
			day: "numeric",
			hour: "numeric",
			minute: "numeric",
			second: "numeric",
			timeZoneName: "short",
		});
	} catch {
		return undefined;
	}
}
