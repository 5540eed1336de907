import { clockText } from "../../src/domain/time-text.ts";
import { zoneName } from "./zoned-time.ts";

/** Where times are read: the moment that counts as now, and the reader's zone (one that exists). */
export type Reader = { readonly nowMs: number; readonly timeZone: string };

/** A moment as people read it, without the zone. */
export function momentText(ms: number, { nowMs, timeZone }: Reader): string {
	return clockText(ms, nowMs, timeZone);
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
