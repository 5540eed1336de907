import type { Reader } from "../../../../skills/text/time-text.ts";
import { momentOf, startOfDay, wallClock } from "../../../../skills/text/zoned-time.ts";
import type { Token } from "./tokenise.ts";

/** A time as a question names it. Lengths and offsets are in milliseconds, moments Unix milliseconds. */
export type Period =
	| { readonly kind: "now" }
	| { readonly kind: "length"; readonly lengthMs: number; readonly words: string }
	| {
			readonly kind: "range";
			readonly startMs: number;
			readonly endMs: number;
			readonly words: string;
			readonly daysBack?: number;
			readonly since?: string;
	  }
	| { readonly kind: "at"; readonly atMs: number; readonly words: string }
	| { readonly kind: "ago"; readonly offsetMs: number; readonly words: string }
	| { readonly kind: "before"; readonly offsetMs: number; readonly words: string };

/** A period and the tokens it takes up: from `at` to before `end`. */
export type PeriodMention = { readonly at: number; readonly end: number; readonly period: Period };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNITS: Readonly<Record<string, number>> = Object.fromEntries([
	..."s sec secs second seconds".split(" ").map((word) => [word, 1000]),
	..."m min mins minute minutes".split(" ").map((word) => [word, MINUTE]),
	..."h hr hrs hour hours".split(" ").map((word) => [word, HOUR]),
	..."d day days".split(" ").map((word) => [word, DAY]),
	..."w wk wks week weeks".split(" ").map((word) => [word, 7 * DAY]),
	..."month months".split(" ").map((word) => [word, 30 * DAY]),
]);
const UNIT_NAMES: readonly (readonly [number, string])[] = [
	[7 * DAY, "week"],
	[DAY, "day"],
	[HOUR, "hour"],
	[MINUTE, "minute"],
	[1000, "second"],
];
const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const PAST = new Set(["last", "past", "previous", "prior", "preceding"]);
const BEFORE = new Set(["before", "earlier", "prior", "previously", "previous"]);
const LEAD = new Set(["in", "over", "for", "during", "within", "on", "from", "the", "of", "at"]);

/** All periods in the tokens, in order, without overlap. */
export function parsePeriods(tokens: readonly Token[], reader: Reader): readonly PeriodMention[] {
	const found: PeriodMention[] = [];
	for (let at = 0; at < tokens.length; ) {
		const mention = READERS.map((read) => read(tokens, at, reader)).find((one) => one !== undefined);
		if (mention) found.push(mention);
		at = mention ? mention.end : at + 1;
	}
	return found;
}

/** A length in words: "2 hours", "30 minutes", "hour". */
export function lengthWords(lengthMs: number): string {
	const [size, name] = UNIT_NAMES.find(([unit]) => lengthMs >= unit && lengthMs % unit === 0) ?? [
		1000,
		"second",
	];
	const count = Math.round((lengthMs / size) * 100) / 100;
	return count === 1 ? name : `${count} ${name}s`;
}

type ReadPeriod = (tokens: readonly Token[], at: number, reader: Reader) => PeriodMention | undefined;
type Piece<T> = { readonly end: number; readonly value: T };

function word(tokens: readonly Token[], at: number): string {
	return tokens[at]?.text ?? "";
}

/** A length without "last" or "ago": `2 h 30 min`, `half an hour`, `an hour and a half`, `a couple of days`. */
function readLength(tokens: readonly Token[], at: number): Piece<number> | undefined {
	const amount = readAmount(tokens, at);
	if (!amount) return undefined;
	const unit = unitAt(tokens, amount.end);
	if (unit === undefined) return undefined;
	let [end, total] = [amount.end + 1, amount.value * unit];
	const half = ["and", "a", "half"].every((expected, offset) => word(tokens, end + offset) === expected);
	if (half) return { end: end + 3, value: total + unit / 2 };
	if (word(tokens, end) === "and" && tokens[end + 1]?.kind === "number") end += 1;
	const more = tokens[end]?.kind === "number" ? readLength(tokens, end) : undefined;
	if (more && more.value < unit) {
		total += more.value;
		end = more.end;
	} else if (word(tokens, end - 1) === "and") end -= 1;
	return { end, value: total };
}

function unitAt(tokens: readonly Token[], at: number): number | undefined {
	const text = word(tokens, at);
	return Object.hasOwn(UNITS, text) ? UNITS[text] : undefined;
}

function readAmount(tokens: readonly Token[], at: number): Piece<number> | undefined {
	const token = tokens[at];
	if (token?.kind === "number") return { end: at + 1, value: token.value ?? 0 };
	const texts = [word(tokens, at), word(tokens, at + 1), word(tokens, at + 2)];
	const skip = texts[0] === "a" || texts[0] === "an" || texts[0] === "the" ? 1 : 0;
	const head = texts[skip] ?? "";
	const after = at + skip + 1;
	const of = (from: number) => (["of", "a", "an"].includes(word(tokens, from)) ? from + 1 : from);
	if (head === "half") return { end: of(of(after)), value: 0.5 };
	if (head === "quarter") return { end: of(of(after)), value: 0.25 };
	if (head === "couple") return { end: of(after), value: 2 };
	if (head === "few" || head === "several") return { end: of(after), value: 3 };
	return skip === 1 ? { end: at + 1, value: 1 } : undefined;
}

/** `last 2 hours`, `past 30m`, `previous hour`; `2 hours ago`, `an hour earlier`; `over 2 hours`, `24h`. */
const readRelative: ReadPeriod = (tokens, at) => {
	let start = at;
	while (LEAD.has(word(tokens, start)) && start - at < 3) start += 1;
	const past = PAST.has(word(tokens, start)) ? word(tokens, start) : undefined;
	const from = past ? start + 1 : start;
	const length =
		readLength(tokens, from) ??
		readLength(tokens, Math.max(at, from - 1)) ??
		bareUnit(tokens, from, past !== undefined);
	if (!length || length.value <= 0 || length.value > 400 * DAY) return undefined;
	const words = lengthWords(length.value);
	const next = word(tokens, length.end);
	if (past === "previous" || past === "prior" || past === "preceding")
		return {
			at,
			end: length.end,
			period: { kind: "before", offsetMs: length.value, words: `the ${words} before` },
		};
	if (past)
		return {
			at,
			end: length.end,
			period: { kind: "length", lengthMs: length.value, words: `the last ${words}` },
		};
	const ago = length.value === HOUR ? "an hour" : length.value === DAY ? "a day" : words;
	if (next === "ago" || next === "back")
		return { at, end: length.end + 1, period: { kind: "ago", offsetMs: length.value, words: `${ago} ago` } };
	if (BEFORE.has(next) && word(tokens, length.end + 1) !== "yesterday")
		return {
			at,
			end: length.end + 1,
			period: { kind: "before", offsetMs: length.value, words: `the ${words} before` },
		};
	if (tokens[start]?.kind !== "number" && start === at) return undefined;
	if (word(tokens, at - 1) === "per" || word(tokens, at) === "of") return undefined;
	return {
		at,
		end: length.end,
		period: { kind: "length", lengthMs: length.value, words: `the last ${words}` },
	};
};

function bareUnit(tokens: readonly Token[], at: number, afterPast: boolean): Piece<number> | undefined {
	const unit = unitAt(tokens, at);
	if (unit === undefined || unit < MINUTE || word(tokens, at).length < 3) return undefined;
	const next = word(tokens, at + 1);
	return afterPast || next === "ago" || BEFORE.has(next) ? { end: at + 1, value: unit } : undefined;
}

/** A time of day: `02:00`, `2am`, `2 pm`, `noon`, `midnight`. In minutes after midnight. */
function readClock(tokens: readonly Token[], at: number, bare: boolean): Piece<number> | undefined {
	const token = tokens[at];
	if (token?.text === "midnight") return { end: at + 1, value: 0 };
	if (token?.text === "noon" || token?.text === "midday") return { end: at + 1, value: 12 * 60 };
	const [hours = Number.NaN, minutes = 0] =
		token?.kind === "clock"
			? token.text.split(":").map(Number)
			: token?.kind === "number"
				? [token.value ?? 0]
				: [];
	const half = word(tokens, at + 1);
	if (!Number.isInteger(hours) || minutes > 59) return undefined;
	if (half === "am" || half === "pm") {
		if (hours < 1 || hours > 12) return undefined;
		return { end: at + 2, value: ((hours % 12) + (half === "pm" ? 12 : 0)) * 60 + minutes };
	}
	if (hours > 23 || (token?.kind === "number" && !bare)) return undefined;
	return { end: half === "o'clock" || half === "oclock" ? at + 2 : at + 1, value: hours * 60 + minutes };
}

/** The newest moment with this time of day that is not after now. */
function lastMoment(minutes: number, { nowMs, timeZone }: Reader, daysBack = 0): number {
	const on = (days: number) => {
		const { year, month, day } = wallClock(startOfDay(nowMs, timeZone, days) + HOUR, timeZone);
		return momentOf({ year, month, day, hour: Math.floor(minutes / 60), minute: minutes % 60 }, timeZone);
	};
	const moment = on(-daysBack);
	return moment <= nowMs ? moment : on(-daysBack - 1);
}

/** `since 02:00`, `since yesterday`, `since 2 hours`, `from 2am to 4am`, `between 02:00 and 03:00`. */
const readSince: ReadPeriod = (tokens, at, reader) => {
	const lead = word(tokens, at);
	if (lead !== "since" && lead !== "between" && lead !== "from" && lead !== "after") return undefined;
	const from = word(tokens, at + 1) === "the" ? at + 2 : at + 1;
	const length = lead === "since" ? (readLength(tokens, from) ?? readLength(tokens, from - 1)) : undefined;
	if (length) {
		const end = word(tokens, length.end) === "ago" ? length.end + 1 : length.end;
		const words = `the last ${lengthWords(length.value)}`;
		return { at, end, period: { kind: "length", lengthMs: length.value, words } };
	}
	const first = readClock(tokens, from, true);
	if (!first) {
		const day = lead === "between" ? undefined : readDay(tokens, from, reader);
		if (day?.period.kind !== "range" || (lead !== "since" && lead !== "after")) return undefined;
		const { startMs, words } = day.period;
		const since = words.replace(/^on /, "");
		return {
			at,
			end: day.end,
			period: { kind: "range", startMs, endMs: reader.nowMs, words: `since ${since}`, since },
		};
	}
	const back = word(tokens, first.end) === "yesterday" ? 1 : 0;
	const startMs = lastMoment(first.value, reader, back);
	const joint = first.end + back;
	const second = ["to", "and", "until", "till"].includes(word(tokens, joint))
		? readClock(tokens, joint + 1, true)
		: undefined;
	const clock = clockText(first.value);
	if (second) {
		const endMs = startMs + ((((second.value - first.value) % 1440) + 1440) % 1440) * MINUTE;
		const words = `from ${clock} to ${clockText(second.value)}`;
		return {
			at,
			end: second.end,
			period: { kind: "range", startMs, endMs: Math.min(endMs, reader.nowMs), words },
		};
	}
	if (lead === "between") return undefined;
	const words = `since ${clock}`;
	return { at, end: joint, period: { kind: "range", startMs, endMs: reader.nowMs, words, since: clock } };
};

function clockText(minutes: number): string {
	return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** `at 02:30`, `around 3am`, `02:30`. */
const readAt: ReadPeriod = (tokens, at, reader) => {
	const lead = ["at", "around", "about", "near"].includes(word(tokens, at));
	const from = lead ? at + 1 : at;
	const clock =
		tokens[from]?.kind === "clock" || lead ? readClock(tokens, from, false) : readClock(tokens, from, false);
	if (!clock) return undefined;
	const back = word(tokens, clock.end) === "yesterday" ? 1 : 0;
	const atMs = lastMoment(clock.value, reader, back);
	return { at, end: clock.end + back, period: { kind: "at", atMs, words: `at ${clockText(clock.value)}` } };
};

/** `today`, `yesterday`, `this morning`, `last night`, `last week`, `on monday`, a date, `the same time yesterday`. */
function readDay(tokens: readonly Token[], at: number, reader: Reader): PeriodMention | undefined {
	const { nowMs, timeZone } = reader;
	const dayRange = (daysBack: number, words: string, end: number): PeriodMention => {
		const startMs = startOfDay(nowMs, timeZone, -daysBack);
		const endMs = Math.min(nowMs, startOfDay(nowMs, timeZone, 1 - daysBack));
		return { at, end, period: { kind: "range", startMs, endMs, words, daysBack } };
	};
	const hours = (
		daysBack: number,
		fromHour: number,
		toHour: number,
		words: string,
		end: number,
	): PeriodMention => {
		const midnight = startOfDay(nowMs, timeZone, -daysBack);
		const endMs = Math.min(nowMs, midnight + toHour * HOUR);
		const startMs = Math.min(endMs - MINUTE, midnight + fromHour * HOUR);
		return { at, end, period: { kind: "range", startMs, endMs, words } };
	};
	const [first, second, third] = [word(tokens, at), word(tokens, at + 1), word(tokens, at + 2)];
	if ((first === "same" || first === "this") && ["time", "hour", "period", "day"].includes(second)) {
		const week = third === "last" && word(tokens, at + 3) === "week";
		if (third === "yesterday")
			return { at, end: at + 3, period: { kind: "ago", offsetMs: DAY, words: "yesterday" } };
		if (week) return { at, end: at + 4, period: { kind: "ago", offsetMs: 7 * DAY, words: "last week" } };
	}
	if (first === "day" && second === "before" && third === "yesterday")
		return dayRange(2, "the day before yesterday", at + 3);
	if (first === "today") return dayRange(0, "today", at + 1);
	if (first === "yesterday" || first === "yday") return dayRange(1, "yesterday", at + 1);
	if (first === "tonight") return hours(0, 18, 24, "tonight", at + 1);
	if (first === "overnight") return hours(0, -2, 8, "overnight", at + 1);
	if (first === "last" && second === "night") return hours(0, -2, 8, "last night", at + 2);
	if (first === "this" && second === "morning") return hours(0, 5, 12, "this morning", at + 2);
	if (first === "this" && second === "afternoon") return hours(0, 12, 18, "this afternoon", at + 2);
	if (first === "this" && second === "evening") return hours(0, 18, 24, "this evening", at + 2);
	if (first === "this" && second === "week") {
		const back = (wallClock(nowMs, timeZone).weekday + 6) % 7;
		const startMs = startOfDay(nowMs, timeZone, -back);
		return { at, end: at + 2, period: { kind: "range", startMs, endMs: nowMs, words: "this week" } };
	}
	if (first === "this" && second === "hour") {
		const startMs = Math.floor(nowMs / HOUR) * HOUR;
		return { at, end: at + 2, period: { kind: "range", startMs, endMs: nowMs, words: "this hour" } };
	}
	const skip = first === "last" || first === "on" ? 1 : 0;
	const weekday = WEEKDAYS.indexOf(word(tokens, at + skip).replace(/s$/, ""));
	if (weekday >= 0) {
		const back = (wallClock(nowMs, timeZone).weekday - weekday + 7) % 7 || 7;
		const name = word(tokens, at + skip);
		return dayRange(back, `on ${name[0]?.toUpperCase()}${name.slice(1)}`, at + skip + 1);
	}
	const date = tokens[at]?.kind === "date" ? first.split("-").map(Number) : undefined;
	if (date) {
		const [year = 1970, month = 1, day = 1] = date;
		const startMs = momentOf({ year, month, day }, timeZone);
		if (startMs > nowMs || month > 12 || day > 31) return undefined;
		const endMs = Math.min(nowMs, momentOf({ year, month, day: day + 1 }, timeZone));
		return { at, end: at + 1, period: { kind: "range", startMs, endMs, words: `on ${first}` } };
	}
	return undefined;
}

/** `now`, `right now`, `currently`, `at the moment`. */
const readNow: ReadPeriod = (tokens, at) => {
	const phrases = [
		"right now",
		"at the moment",
		"at present",
		"now",
		"currently",
		"atm",
		"this minute",
		"this second",
	];
	const phrase = phrases.find((one) =>
		one.split(" ").every((part, offset) => word(tokens, at + offset) === part),
	);
	return phrase ? { at, end: at + phrase.split(" ").length, period: { kind: "now" } } : undefined;
};

const READERS: readonly ReadPeriod[] = [readNow, readSince, readDay, readRelative, readAt];
