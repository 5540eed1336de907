import type { types } from "@slack/bolt";
import { clockText } from "../../../src/domain/time-text.ts";

/** The moment from which times are told, and the zone of those who have none of their own. */
export type TimeFrame = { readonly nowMs: number; readonly timeZone: string };

type Words = { readonly text: string; readonly format: string };

// Making words of a time takes a good part of a millisecond, and a text is measured many times while it is split.
const known = new Map<string, Words>();
const MOST_KNOWN = 4000;
const MINUTE_MS = 60_000;

/** A time where Slack shows plain text: in the conversation's zone, which is named. */
export function plainTime(atMs: number, frame: TimeFrame): string {
	return wordsOf(atMs, frame).text;
}

/** A time that each reader sees in their own zone. */
export function mrkdwnTime(atMs: number, frame: TimeFrame): string {
	const { text, format } = wordsOf(atMs, frame);
	return `<!date^${Math.floor(atMs / 1000)}^${format}|${text}>`;
}

/** The same inside a rich text block. */
export function richTime(atMs: number, frame: TimeFrame): types.RichTextDate {
	const { text, format } = wordsOf(atMs, frame);
	return { type: "date", timestamp: Math.floor(atMs / 1000), format, fallback: text };
}

function wordsOf(atMs: number, { nowMs, timeZone }: TimeFrame): Words {
	const key = `${Math.floor(atMs / MINUTE_MS)} ${nowMs} ${timeZone}`;
	const before = known.get(key);
	if (before) return before;
	const clock = clockText(atMs, nowMs, timeZone);
	const words = {
		text: `${clock} ${zoneName(atMs, timeZone)}`,
		format: /\s/.test(clock) ? "{date_short_pretty} {time}" : "{time}",
	};
	if (known.size >= MOST_KNOWN) known.clear();
	known.set(key, words);
	return words;
}

function zoneName(atMs: number, timeZone: string): string {
	const parts = new Intl.DateTimeFormat("en-GB", { timeZone, timeZoneName: "short" }).formatToParts(atMs);
	return parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone;
}
