/** An ISO time by the clock of a zone, to the minute: `2026-11-20 15:04`. Pure. */
export function clockText(iso: string, timeZone: string): string {
	const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
	return format.format(new Date(iso));
}
