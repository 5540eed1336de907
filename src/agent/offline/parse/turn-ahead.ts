import type { Reader } from "../../../../skills/text/time-text.ts";
import { startOfDay } from "../../../../skills/text/zoned-time.ts";
import type { Period, PeriodMention } from "./period.ts";
import { DAY_MS, HOUR_MS, lengthWords } from "./read-length.ts";

/** Parts of today that may be still to come, with the hour they begin and end. */
const PARTS: Readonly<Record<string, readonly [fromHour: number, toHour: number]>> = {
	today: [0, 24],
	tonight: [18, 24],
	"this afternoon": [12, 18],
	"this evening": [18, 24],
};

/**
 * The times of a question about what comes: `in 2 hours` and `for 24 hours` are ahead, `at 18:00` is the next one (or
 * that of tomorrow), `on monday` the coming one. What was said to be past (`the last 6 hours`) stays so. Pure.
 */
export function turnAhead(mentions: readonly PeriodMention[], reader: Reader): readonly PeriodMention[] {
	const range = mentions.find(({ period }) => period.kind === "ahead" && period.fromMs < period.toMs)?.period;
	const turned = mentions.map((mention) => ({ ...mention, period: aheadOf(mention.period, range, reader) }));
	// "tomorrow at 18:00" is one time.
	const instant = turned.find(({ period }) => period.kind === "ahead" && period.fromMs === period.toMs);
	return instant && range ? turned.filter(({ period }) => period !== range) : turned;
}

function aheadOf(period: Period, range: Period | undefined, { nowMs, timeZone }: Reader): Period {
	if (period.kind === "length" && period.loose) {
		const words = lengthWords(period.lengthMs);
		const toMs = period.lengthMs;
		return period.loose === "end"
			? { kind: "ahead", fromMs: toMs, toMs, words: `in ${words}` }
			: { kind: "ahead", fromMs: 0, toMs, words: `the next ${words}` };
	}
	if (period.kind === "at") {
		const leastMs = nowMs + (range?.kind === "ahead" ? range.fromMs : 0);
		const days = Math.max(0, Math.ceil((leastMs - period.atMs) / DAY_MS));
		const toMs = period.atMs + days * DAY_MS - nowMs;
		return { kind: "ahead", fromMs: toMs, toMs, words: period.words };
	}
	if (period.kind !== "range") return period;
	const midnight = startOfDay(nowMs, timeZone);
	const part = Object.hasOwn(PARTS, period.words) ? PARTS[period.words] : undefined;
	if (part && midnight + part[1] * HOUR_MS > nowMs) {
		const [fromMs, toMs] = part.map((hour) => Math.max(0, midnight + hour * HOUR_MS - nowMs));
		return { kind: "ahead", fromMs: fromMs ?? 0, toMs: toMs ?? 0, words: period.words };
	}
	if (!(period.words.startsWith("on ") && period.daysBack !== undefined && period.daysBack <= 7))
		return period;
	const [fromMs, toMs] = [7, 8].map(
		(days) => startOfDay(nowMs, timeZone, days - (period.daysBack ?? 0)) - nowMs,
	);
	return { kind: "ahead", fromMs: fromMs ?? 0, toMs: toMs ?? 0, words: period.words };
}
