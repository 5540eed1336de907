/** The wall clock of one time zone. Instants are Unix milliseconds. */
export type ZoneClock = {
	/** Milliseconds that the zone's wall clock is ahead of UTC at this instant. */
	offsetMs(t: number): number;
	/** The zone's everyday name at this instant: `CET`, `EST`, `UTC+9` where English has no name for it. */
	nameAt(t: number): string;
	/** `03:01`, with seconds `03:01:30`. */
	time(t: number, withSeconds: boolean): string;
	/** `Thu` */
	weekday(t: number): string;
	/** `6 Nov` */
	day(t: number): string;
	/** `Nov 2026` */
	month(t: number): string;
};

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** No single English knows all zone names: CET, EST, AEST, IST and SAST each come from another one. */
const NAMING_LOCALES = ["en-GB", "en-US", "en-AU", "en-IN", "en-ZA"];

/** The clock of an IANA zone; a name the platform does not know gives UTC, and the clock then says UTC. */
export function zoneClock(timeZone: string): ZoneClock {
	const zone = knownZone(timeZone);
	const format = new Intl.DateTimeFormat("en-GB", {
		timeZone: zone,
		hourCycle: "h23",
		year: "numeric",
		month: "numeric",
		day: "numeric",
		hour: "numeric",
		minute: "numeric",
		second: "numeric",
	});
	const offsetMs = (t: number): number => {
		const part = new Map(format.formatToParts(t).map(({ type, value }) => [type, Number(value)]));
		const get = (type: Intl.DateTimeFormatPartTypes) => part.get(type) ?? 0;
		const wall = Date.UTC(
			get("year"),
			get("month") - 1,
			get("day"),
			get("hour"),
			get("minute"),
			get("second"),
		);
		return wall - Math.floor(t / 1000) * 1000;
	};
	const local = (t: number) => new Date(t + offsetMs(t));
	return {
		offsetMs,
		nameAt: (t) => zoneName(zone, t),
		time: (t, withSeconds) =>
			local(t)
				.toISOString()
				.slice(-13, withSeconds ? -5 : -8),
		weekday: (t) => WEEKDAYS[local(t).getUTCDay()] ?? "",
		day: (t) => `${local(t).getUTCDate()} ${MONTHS[local(t).getUTCMonth()] ?? ""}`,
		month: (t) => `${MONTHS[local(t).getUTCMonth()] ?? ""} ${local(t).getUTCFullYear()}`,
	};
}

function knownZone(timeZone: string): string {
	try {
		return new Intl.DateTimeFormat("en-GB", { timeZone }).resolvedOptions().timeZone;
	} catch {
		return "UTC";
	}
}

function zoneName(timeZone: string, t: number): string {
	let numeric = "UTC";
	for (const locale of NAMING_LOCALES) {
		const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "short" }).formatToParts(t);
		const name = parts.find((part) => part.type === "timeZoneName")?.value ?? "UTC";
		if (!/\d/.test(name)) return name;
		numeric = name.replace("GMT", "UTC");
	}
	return numeric;
}
