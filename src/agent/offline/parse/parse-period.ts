import type { Reader } from "../../../../skills/text/time-text.ts";
import { startOfDay } from "../../../../skills/text/zoned-time.ts";
import type { Period, PeriodMention } from "./period.ts";
import { clockText, lastMoment, readClock } from "./read-clock.ts";
import { readDay } from "./read-day.ts";
import { DAY_MS, HOUR_MS, lengthWords, MINUTE_MS, readLength, readUnit, wordAt } from "./read-length.ts";
import type { Token } from "./tokenise.ts";

const LAST = new Set(["last", "past"]);
const PREVIOUS = new Set(["previous", "prev", "prior", "preceding"]);
const BEFORE = new Set(["before", "earlier", ...PREVIOUS]);
const LEAD = new Set(["in", "over", "for", "during", "within", "on", "from", "the", "of", "at", "to"]);
/** Before a length these name the moment at its end where it is ahead. */
const AT_ITS_END = new Set(["in", "within", "at"]);
const NOW = [
	"right now",
	"at the moment",
	"at present",
	"now",
	"currently",
	"atm",
	"this minute",
	"this second",
];

const LONGEST_MS = 400 * DAY_MS;

type ReadPeriod = (tokens: readonly Token[], at: number, reader: Reader) => PeriodMention | undefined;

/** All periods in the tokens, in order, without overlap. What looks like a time but can't be one is said. */
export function parsePeriods(tokens: readonly Token[], reader: Reader): readonly PeriodMention[] {
	const found: PeriodMention[] = [];
	for (let at = 0; at < tokens.length; ) {
		const mention = READERS.map((read) => read(tokens, at, reader)).find((one) => one !== undefined);
		if (mention) found.push(mention);
		at = mention ? mention.end : at + 1;
	}
	return found;
}

const readNow: ReadPeriod = (tokens, at) => {
	const phrase = NOW.find((one) =>
		one.split(" ").every((part, offset) => wordAt(tokens, at + offset) === part),
	);
	return phrase ? { at, end: at + phrase.split(" ").length, period: { kind: "now" } } : undefined;
};

const NEXT = new Set(["next", "coming", "following", "upcoming"]);

/** `tomorrow`, `next week`, `the next 24 hours`, `in 2 hours from now`: forecasts are about it. */
const readFuture: ReadPeriod = (tokens, at, reader) => {
	if (wordAt(tokens, at) === "tomorrow") {
		const [fromMs, toMs] = [1, 2].map(
			(days) => startOfDay(reader.nowMs, reader.timeZone, days) - reader.nowMs,
		);
		return {
			at,
			end: at + 1,
			period: { kind: "ahead", fromMs: fromMs ?? 0, toMs: toMs ?? 0, words: "tomorrow" },
		};
	}
	let from = at;
	while (LEAD.has(wordAt(tokens, from)) && from - at < 3) from += 1;
	const isNext = NEXT.has(wordAt(tokens, from));
	const length =
		readLength(tokens, isNext ? from + 1 : from) ?? (isNext ? readUnit(tokens, from + 1) : undefined);
	if (!length) return undefined;
	const { value, end } = length;
	const after = isNext ? 0 : fromNowAt(tokens, end);
	if (!isNext && after === 0) return undefined;
	if (value <= 0 || value > LONGEST_MS)
		return { at, end, period: { kind: "unreadable", words: wordsBetween(tokens, at, end) } };
	const words = isNext ? `the next ${lengthWords(value)}` : `in ${lengthWords(value)}`;
	return { at, end: end + after, period: { kind: "ahead", fromMs: isNext ? 0 : value, toMs: value, words } };
};

/** How many words after a length say that it is ahead. */
function fromNowAt(tokens: readonly Token[], at: number): number {
	if (wordAt(tokens, at) === "from" && wordAt(tokens, at + 1) === "now") return 2;
	return ["ahead", "hence"].includes(wordAt(tokens, at)) ? 1 : 0;
}

/** `last 2 hours`, `past 30m`, `previous hour`, `2 hours ago`, `an hour earlier`, `over 2 hours`, `24h`. */
const readRelative: ReadPeriod = (tokens, at) => {
	let from = at;
	while (LEAD.has(wordAt(tokens, from)) && from - at < 3) from += 1;
	const led = from > at;
	const adjective = wordAt(tokens, from);
	const past = LAST.has(adjective) || PREVIOUS.has(adjective);
	if (past) from += 1;
	const length =
		readLength(tokens, from) ?? (led ? readLength(tokens, from - 1) : undefined) ?? readUnit(tokens, from);
	if (!length) return undefined;
	const { value, end } = length;
	if (value <= 0 || value > LONGEST_MS)
		return { at, end, period: { kind: "unreadable", words: wordsBetween(tokens, at, end) } };
	const next = wordAt(tokens, end);
	const words = lengthWords(value);
	const before = { kind: "before", offsetMs: value, words: `the ${words} before` } as const;
	const last = { kind: "length", lengthMs: value, words: `the last ${words}` } as const;
	const loose = tokens.slice(at, from).some(({ text }) => AT_ITS_END.has(text)) ? "end" : "whole";
	if (past) return { at, end, period: PREVIOUS.has(adjective) ? before : last };
	if (next === "ago" || next === "back") return { at, end: end + 1, period: ago(value) };
	if (BEFORE.has(next) && wordAt(tokens, end + 1) !== "yesterday")
		return { at, end: end + 1, period: before };
	// A length alone is a period if it has a number ("24h") or a lead ("for an hour"), but "of the day" is none.
	const stands = tokens[from]?.kind === "number" || (led && wordAt(tokens, at) !== "of" && end > from + 1);
	return stands && wordAt(tokens, at - 1) !== "per" ? { at, end, period: { ...last, loose } } : undefined;
};

function wordsBetween(tokens: readonly Token[], from: number, to: number): string {
	return tokens
		.slice(from, to)
		.map((token) => token.text)
		.join(" ");
}

function ago(offsetMs: number): Period {
	const amount = offsetMs === HOUR_MS ? "an hour" : offsetMs === DAY_MS ? "a day" : lengthWords(offsetMs);
	return { kind: "ago", offsetMs, words: `${amount} ago` };
}

/** `since 02:00`, `since yesterday`, `since 2 hours`, `from 2am to 4am`, `between 02:00 and 03:00`. */
const readSince: ReadPeriod = (tokens, at, reader) => {
	const lead = wordAt(tokens, at);
	if (!["since", "between", "from", "after"].includes(lead)) return undefined;
	const from = wordAt(tokens, at + 1) === "the" ? at + 2 : at + 1;
	const open = lead === "since" || lead === "after";
	const length = open ? readLength(tokens, from) : undefined;
	if (length && length.value > 0 && length.value <= LONGEST_MS) {
		const end = wordAt(tokens, length.end) === "ago" ? length.end + 1 : length.end;
		const words = `the last ${lengthWords(length.value)}`;
		return { at, end, period: { kind: "length", lengthMs: length.value, words } };
	}
	const first = readClock(tokens, from, true);
	if (first) return fromClock(tokens, at, first.value, first.end, reader);
	const day = open ? readDay(tokens, from, reader) : undefined;
	if (day?.period.kind !== "range") return undefined;
	const since = day.period.words.replace(/^on /, "");
	const period = { kind: "range", startMs: day.period.startMs, endMs: reader.nowMs } as const;
	return { at, end: day.end, period: { ...period, words: `since ${since}`, since } };
};

function fromClock(
	tokens: readonly Token[],
	at: number,
	minutes: number,
	end: number,
	reader: Reader,
): PeriodMention | undefined {
	const yesterday = wordAt(tokens, end) === "yesterday" ? 1 : 0;
	const startMs = lastMoment(minutes, reader, yesterday);
	const joint = end + yesterday;
	const joined = ["to", "and", "until", "till"].includes(wordAt(tokens, joint));
	const second = joined ? readClock(tokens, joint + 1, true) : undefined;
	const clock = clockText(minutes);
	if (second) {
		const lengthMs = ((((second.value - minutes) % 1440) + 1440) % 1440) * MINUTE_MS;
		const words = `from ${clock} to ${clockText(second.value)}`;
		const endMs = Math.min(startMs + lengthMs, reader.nowMs);
		return { at, end: second.end, period: { kind: "range", startMs, endMs, words } };
	}
	if (wordAt(tokens, at) === "between") return undefined;
	const untilNow = joined && wordAt(tokens, joint + 1) === "now" ? 2 : 0;
	const period = {
		kind: "range",
		startMs,
		endMs: reader.nowMs,
		words: `since ${clock}`,
		since: clock,
	} as const;
	return { at, end: joint + untilNow, period };
}

/** `at 02:30`, `around 3am`, `02:30`. */
const readAt: ReadPeriod = (tokens, at, reader) => {
	const lead = ["at", "around", "about", "near"].includes(wordAt(tokens, at)) ? 1 : 0;
	const clock = readClock(tokens, at + lead, false);
	if (!clock && tokens[at]?.kind === "clock")
		return { at, end: at + 1, period: { kind: "unreadable", words: wordAt(tokens, at) } };
	if (!clock) return undefined;
	const yesterday = wordAt(tokens, clock.end) === "yesterday" ? 1 : 0;
	const atMs = lastMoment(clock.value, reader, yesterday);
	const words = `at ${clockText(clock.value)}`;
	return { at, end: clock.end + yesterday, period: { kind: "at", atMs, words } };
};

const READERS: readonly ReadPeriod[] = [readNow, readFuture, readSince, readDay, readRelative, readAt];
