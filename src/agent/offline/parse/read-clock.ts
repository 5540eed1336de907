import type { Reader } from "../../../../skills/text/time-text.ts";
import { momentOf, startOfDay, wallClock } from "../../../../skills/text/zoned-time.ts";
import { HOUR_MS, type Piece, wordAt } from "./read-length.ts";
import type { Token } from "./tokenise.ts";

/**
 * A time of day in minutes after midnight: `02:00`, `2am`, `2 pm`, `noon`, `midnight`.
 * @param bare whether a number alone counts, as in "from 2 to 4"
 */
export function readClock(tokens: readonly Token[], at: number, bare: boolean): Piece<number> | undefined {
	const token = tokens[at];
	if (token?.text === "midnight") return { end: at + 1, value: 0 };
	if (token?.text === "noon" || token?.text === "midday") return { end: at + 1, value: 12 * 60 };
	const [hours = Number.NaN, minutes = 0] = numbersOf(token);
	const next = wordAt(tokens, at + 1);
	if (!Number.isInteger(hours) || minutes > 59) return undefined;
	if (next === "am" || next === "pm") {
		if (hours < 1 || hours > 12) return undefined;
		return { end: at + 2, value: ((hours % 12) + (next === "pm" ? 12 : 0)) * 60 + minutes };
	}
	const exact = token?.kind === "clock" || next === "o'clock" || next === "oclock";
	if (hours > 23 || !(exact || bare)) return undefined;
	return { end: next === "oclock" || next === "o'clock" ? at + 2 : at + 1, value: hours * 60 + minutes };
}

function numbersOf(token: Token | undefined): readonly number[] {
	if (token?.kind === "clock") return token.text.split(":").map(Number);
	return token?.kind === "number" ? [token.value ?? Number.NaN] : [];
}

/** A time of day in words: `02:00`. */
export function clockText(minutes: number): string {
	return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** The newest moment with this time of day that is not after now; `daysBack` counts from today. */
export function lastMoment(minutes: number, { nowMs, timeZone }: Reader, daysBack = 0): number {
	const on = (days: number) => {
		// An hour past midnight is the same day whatever the clocks do.
		const { year, month, day } = wallClock(startOfDay(nowMs, timeZone, days) + HOUR_MS, timeZone);
		const time = { hour: Math.floor(minutes / 60), minute: minutes % 60 };
		return momentOf({ year, month, day, ...time }, timeZone);
	};
	const moment = on(-daysBack);
	return moment <= nowMs ? moment : on(-daysBack - 1);
}
