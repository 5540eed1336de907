import { periodText } from "./compose/words.ts";
import type { Aggregate } from "./parse/parsed-question.ts";
import type { Period } from "./parse/period.ts";

const HOUR_MS = 3_600_000;

/** The time a value is wanted for: an instant, or a span where `startMs` is there. `words` follows the verb. */
export type AskedSpan = { readonly startMs?: number; readonly endMs: number; readonly words: string };

/** No time that has been: now is meant, or what comes. */
function isNotPast(period: Period | undefined): period is Exclude<Period, { kind: PastKind }> | undefined {
	return period === undefined || !PAST.some((kind) => kind === period.kind);
}

type PastKind = "length" | "range" | "at" | "ago" | "before";
const PAST: readonly Period["kind"][] = [
	"length",
	"range",
	"at",
	"ago",
	"before",
] satisfies readonly PastKind[];

/** The span of a period. An aggregate without a period is one of the last hour. */
export function resolveSpan(period: Period | undefined, nowMs: number, aggregate?: Aggregate): AskedSpan {
	if (isNotPast(period)) {
		if (aggregate === undefined) return { endMs: nowMs, words: "now" };
		return { startMs: nowMs - HOUR_MS, endMs: nowMs, words: "in the last hour" };
	}
	const words = periodText(period);
	if (period.kind === "length") return { startMs: nowMs - period.lengthMs, endMs: nowMs, words };
	if (period.kind === "range") return { startMs: period.startMs, endMs: period.endMs, words };
	if (period.kind === "before")
		return { startMs: nowMs - 2 * period.offsetMs, endMs: nowMs - period.offsetMs, words };
	const atMs = period.kind === "at" ? period.atMs : nowMs - period.offsetMs;
	if (aggregate === undefined) return { endMs: atMs, words };
	return {
		startMs: atMs - HOUR_MS / 2,
		endMs: Math.min(nowMs, atMs + HOUR_MS / 2),
		words: `around then, ${words}`,
	};
}

/** The bounds of a period for a list: since when, and until when where it is over. */
export function listBounds(
	period: Period | undefined,
	nowMs: number,
): { readonly sinceMs?: number; readonly untilMs?: number; readonly words: string } {
	if (isNotPast(period)) return { words: "" };
	const span = resolveSpan(period, nowMs, "avg");
	const over = span.endMs < nowMs;
	const words = ` ${span.words.replace(/^around then, (.*)$/, "$1")}`;
	return {
		...(span.startMs === undefined ? {} : { sinceMs: span.startMs }),
		...(over ? { untilMs: span.endMs } : {}),
		words,
	};
}
