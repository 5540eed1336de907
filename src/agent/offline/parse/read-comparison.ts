import type { Against } from "./parsed-question.ts";
import type { Period, PeriodMention } from "./period.ts";
import { lengthWords } from "./read-length.ts";
import type { Marks } from "./read-slots.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The period a question is about and, where it compares, what with. */
export type Comparison = { readonly period?: Period; readonly against?: Against };

/**
 * Sorts the periods of a question: where it compares, the one after the comparing word (else the older one) is what
 * is compared with. A comparison without any period is with the hour before.
 */
export function readComparison(marks: Marks, periods: readonly PeriodMention[], nowMs: number): Comparison {
	const [first, second] = periods;
	const compares = marks.has("compare", "moved") && !marks.has("usual");
	if (!compares) return first ? withoutComparing(first, second) : {};
	if (!first) return {};
	if (!second) {
		const against = againstOf(first.period, nowMs);
		return against ? { against } : { period: first.period };
	}
	const [base, other] =
		ageOf(first.period, nowMs) > ageOf(second.period, nowMs) ? [second, first] : [first, second];
	const against = againstOf(other.period, nowMs) ?? againstOf(base.period, nowMs);
	return against ? { period: base.period, against } : { period: base.period };
}

function withoutComparing(first: PeriodMention, second: PeriodMention | undefined): Comparison {
	if (second && first.period.kind === "now") return { period: second.period };
	return { period: first.period };
}

/** How far back a period begins. */
function ageOf(period: Period, nowMs: number): number {
	if (period.kind === "now" || period.kind === "unreadable" || period.kind === "ahead") return 0;
	if (period.kind === "length") return period.lengthMs;
	if (period.kind === "range") return nowMs - period.startMs;
	if (period.kind === "at") return nowMs - period.atMs;
	return period.offsetMs + 1;
}

/** What a period means after "than" or "with". Undefined: it can only be the period itself. */
export function againstOf(period: Period, nowMs: number): Against | undefined {
	if (period.kind === "ago" || period.kind === "before")
		return { offsetMs: period.offsetMs, words: period.words };
	if (period.kind === "length")
		return { offsetMs: period.lengthMs, words: `the ${lengthWords(period.lengthMs)} before` };
	if (period.kind === "at") {
		const offsetMs = nowMs - period.atMs;
		return offsetMs > 60_000 ? { offsetMs, words: period.words } : undefined;
	}
	if (period.kind === "range" && period.daysBack !== undefined && period.daysBack > 0)
		return { offsetMs: period.daysBack * DAY, words: period.words };
	if (period.kind === "range" && period.daysBack === 0) return { offsetMs: DAY, words: "yesterday" };
	return undefined;
}

/** What a comparison is with where the question does not say. */
export const HOUR_BEFORE: Against = { offsetMs: HOUR, words: "the hour before" };
