import type { Reader } from "../../../../skills/text/time-text.ts";
import { momentOf, startOfDay, wallClock } from "../../../../skills/text/zoned-time.ts";
import { sentenceCase } from "../../../domain/sentence-case.ts";
import type { PeriodMention } from "./period.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, wordAt } from "./read-length.ts";
import type { Token } from "./tokenise.ts";

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const SAME = new Set(["time", "hour", "period", "day", "window", "span"]);

/** Parts of a day: how many words, the hours they cover (negative: of the day before), and their name. */
const PARTS: readonly (readonly [string, number, number])[] = [
	["last night", -2, 8],
	["overnight", -2, 8],
	["this morning", 5, 12],
	["this afternoon", 12, 18],
	["this evening", 18, 24],
	["tonight", 18, 24],
];

/** `today`, `yesterday`, `last night`, `this week`, `on monday`, a date, `the same time yesterday`. */
export function readDay(tokens: readonly Token[], at: number, reader: Reader): PeriodMention | undefined {
	return (
		readSameTime(tokens, at) ??
		readNamedDay(tokens, at, reader) ??
		readPart(tokens, at, reader) ??
		readThis(tokens, at, reader) ??
		readWeekday(tokens, at, reader) ??
		readDate(tokens, at, reader)
	);
}

function starts(tokens: readonly Token[], at: number, phrase: string): boolean {
	return phrase.split(" ").every((word, offset) => wordAt(tokens, at + offset) === word);
}

function wholeDay(reader: Reader, daysBack: number, words: string, at: number, end: number): PeriodMention {
	const { nowMs, timeZone } = reader;
	const startMs = startOfDay(nowMs, timeZone, -daysBack);
	const endMs = Math.min(nowMs, startOfDay(nowMs, timeZone, 1 - daysBack) - 1000);
	return { at, end, period: { kind: "range", startMs, endMs, words, daysBack } };
}

function readSameTime(tokens: readonly Token[], at: number): PeriodMention | undefined {
	if (!["same", "this"].includes(wordAt(tokens, at)) || !SAME.has(wordAt(tokens, at + 1))) return undefined;
	if (wordAt(tokens, at + 2) === "yesterday")
		return { at, end: at + 3, period: { kind: "ago", offsetMs: DAY_MS, words: "yesterday" } };
	if (!starts(tokens, at + 2, "last week")) return undefined;
	return { at, end: at + 4, period: { kind: "ago", offsetMs: 7 * DAY_MS, words: "last week" } };
}

function readNamedDay(tokens: readonly Token[], at: number, reader: Reader): PeriodMention | undefined {
	if (starts(tokens, at, "day before yesterday"))
		return wholeDay(reader, 2, "the day before yesterday", at, at + 3);
	if (starts(tokens, at, "today")) return wholeDay(reader, 0, "today", at, at + 1);
	const yesterday = starts(tokens, at, "yesterday") || starts(tokens, at, "yday");
	return yesterday ? wholeDay(reader, 1, "yesterday", at, at + 1) : undefined;
}

function readPart(tokens: readonly Token[], at: number, reader: Reader): PeriodMention | undefined {
	const part = PARTS.find(([phrase]) => starts(tokens, at, phrase));
	if (!part) return undefined;
	const [words, fromHour, toHour] = part;
	const midnight = startOfDay(reader.nowMs, reader.timeZone);
	const endMs = Math.min(reader.nowMs, midnight + toHour * HOUR_MS);
	const startMs = Math.min(endMs - MINUTE_MS, midnight + fromHour * HOUR_MS);
	return { at, end: at + words.split(" ").length, period: { kind: "range", startMs, endMs, words } };
}

function readThis(
	tokens: readonly Token[],
	at: number,
	{ nowMs, timeZone }: Reader,
): PeriodMention | undefined {
	if (starts(tokens, at, "this week")) {
		const daysBack = (wallClock(nowMs, timeZone).weekday + 6) % 7;
		const startMs = startOfDay(nowMs, timeZone, -daysBack);
		return { at, end: at + 2, period: { kind: "range", startMs, endMs: nowMs, words: "this week" } };
	}
	if (!starts(tokens, at, "this hour")) return undefined;
	const startMs = nowMs - wallClock(nowMs, timeZone).minute * MINUTE_MS - (nowMs % MINUTE_MS);
	return { at, end: at + 2, period: { kind: "range", startMs, endMs: nowMs, words: "this hour" } };
}

function readWeekday(tokens: readonly Token[], at: number, reader: Reader): PeriodMention | undefined {
	const skip = ["last", "on"].includes(wordAt(tokens, at)) ? 1 : 0;
	const name = wordAt(tokens, at + skip);
	const weekday = WEEKDAYS.indexOf(name);
	if (weekday < 0) return undefined;
	const daysBack = (wallClock(reader.nowMs, reader.timeZone).weekday - weekday + 7) % 7 || 7;
	const words = `on ${sentenceCase(name)}`;
	return wholeDay(reader, daysBack, words, at, at + skip + 1);
}

function readDate(tokens: readonly Token[], at: number, reader: Reader): PeriodMention | undefined {
	if (tokens[at]?.kind !== "date") return undefined;
	const text = wordAt(tokens, at);
	const [year = 1970, month = 1, day = 1] = text.split("-").map(Number);
	const startMs = momentOf({ year, month, day }, reader.timeZone);
	if (month > 12 || day > 31 || startMs > reader.nowMs) return undefined;
	const endMs = Math.min(reader.nowMs, momentOf({ year, month, day: day + 1 }, reader.timeZone) - 1000);
	return { at, end: at + 1, period: { kind: "range", startMs, endMs, words: `on ${text}` } };
}
