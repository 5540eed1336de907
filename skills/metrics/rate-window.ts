/** Round steps from a second to a week. */
const STEPS_SECONDS =
	"1 2 5 10 15 20 30 60 120 300 600 900 1200 1800 3600 7200 10800 21600 43200 86400 172800 604800"
		.split(" ")
		.map(Number);

/** The window of a rate in seconds: a minute, but at least four scrapes and never less than the step it is drawn at. */
export function rateWindowSeconds(scrapeIntervalSeconds: number, stepSeconds = 0): number {
	return Math.ceil(Math.max(60, scrapeIntervalSeconds * 4, stepSeconds));
}

/** The finest round step in milliseconds, at least `finestSeconds`, that shows a span in at most `points` points. */
export function stepFor(spanMs: number, finestSeconds: number, points: number): number {
	const needed = Math.max(finestSeconds, spanMs / 1000 / points);
	return (STEPS_SECONDS.find((step) => step >= needed) ?? Math.ceil(needed)) * 1000;
}

/** A length as PromQL writes it: `90s`, `5m`, `2h`. At least a second. */
export function promDuration(seconds: number): string {
	const whole = Math.max(1, Math.round(seconds));
	if (whole % 3600 === 0) return `${whole / 3600}h`;
	return whole % 60 === 0 ? `${whole / 60}m` : `${whole}s`;
}
