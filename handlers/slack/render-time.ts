import type { types } from "@slack/bolt";
import { clockText } from "../../src/domain/time-text.ts";

/** The moment from which times are told, and the zone of those who have none of their own. */
export type TimeFrame = { readonly nowMs: number; readonly timeZone: string };

/** A time where Slack shows plain text: in the conversation's zone, which is named. */
export function plainTime(atMs: number, { nowMs, timeZone }: TimeFrame): string {
	return `${clockText(atMs, nowMs, timeZone)} ${zoneName(atMs, timeZone)}`;
}

/** A time that each reader sees in their own zone. */
export function mrkdwnTime(atMs: number, frame: TimeFrame): string {
	return `<!date^${Math.floor(atMs / 1000)}^${dateFormat(atMs, frame)}|${plainTime(atMs, frame)}>`;
}

/** The same inside a rich text block. */
export function richTime(atMs: number, frame: TimeFrame): types.RichTextDate {
	return {
		type: "date",
		timestamp: Math.floor(atMs / 1000),
		format: dateFormat(atMs, frame),
		fallback: plainTime(atMs, frame),
	};
}

function dateFormat(atMs: number, { nowMs, timeZone }: TimeFrame): string {
	const isToday = !/\s/.test(clockText(atMs, nowMs, timeZone));
	return isToday ? "{time}" : "{date_short_pretty} {time}";
}

function zoneName(atMs: number, timeZone: string): string {
	const parts = new Intl.DateTimeFormat("en-GB", { timeZone, timeZoneName: "short" }).formatToParts(atMs);
	return parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone;
}
