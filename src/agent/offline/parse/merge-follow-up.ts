import { kindsWith } from "../../../../skills/metrics/metric-table.ts";
import type { ParsedQuestion, Slots } from "./parsed-question.ts";
import { againstOf } from "./read-comparison.ts";

const CARRIED = new Set(["value", "compare", "forecast", "top", "anomalies", "incidents"]);

/**
 * Completes a question that leans on the one before it in the conversation: what was not said is taken over, what was
 * said counts. A question that stands on its own comes back unchanged. Actions are never taken over.
 */
export function mergeFollowUp(
	parsed: ParsedQuestion,
	earlier: ParsedQuestion | undefined,
	nowMs: number,
): ParsedQuestion {
	if (!earlier || parsed.follows === "no") return parsed;
	if (
		parsed.intent === "explain" ||
		parsed.intent === "outcome" ||
		parsed.intent === "propose" ||
		parsed.intent === "action-question"
	)
		return { ...parsed, slots: withTarget(parsed.slots, earlier.slots) };
	if (!CARRIED.has(earlier.intent)) return withEarlierTarget(parsed, earlier);
	const says = saysSomething(parsed.slots);
	const elliptic = parsed.intent === "none" || (parsed.intent === "status" && parsed.follows === "joined");
	if ((elliptic && says) || (parsed.intent === "value" && parsed.follows === "joined"))
		return { ...parsed, intent: earlier.intent, slots: carry(parsed.slots, earlier, nowMs) };
	return withEarlierTarget(parsed, earlier);
}

/** A bare "memory" is a question of its own; "and memory" or "is it slow" goes on with the same target. */
function withEarlierTarget(parsed: ParsedQuestion, earlier: ParsedQuestion): ParsedQuestion {
	const carries = parsed.intent === "value" || parsed.intent === "compare" || parsed.intent === "forecast";
	return carries && parsed.follows === "joined"
		? { ...parsed, slots: withTarget(parsed.slots, earlier.slots) }
		: parsed;
}

function withTarget(slots: Slots, earlier: Slots): Slots {
	if (slots.mentions.length > 0 || slots.unknownName !== undefined || slots.hostUnknown) return slots;
	const fits = (mention: Slots["mentions"][number]) =>
		mention.target.onlyWatched === true ||
		slots.metrics.every((metric) => metric === "traffic" || kindsWith(metric).includes(mention.target.kind));
	return { ...slots, mentions: earlier.mentions.filter(fits) };
}

function saysSomething(slots: Slots): boolean {
	const single = [slots.period, slots.aggregate, slots.count, slots.by, slots.mountpoint, slots.against];
	return slots.metrics.length > 0 || slots.mentions.length > 0 || single.some((slot) => slot !== undefined);
}

function carry(slots: Slots, earlier: ParsedQuestion, nowMs: number): Slots {
	const merged: Slots = {
		...earlier.slots,
		...slots,
		metrics: slots.metrics.length > 0 ? slots.metrics : earlier.slots.metrics,
	};
	const targeted = withTarget({ ...merged, mentions: slots.mentions }, earlier.slots);
	const against =
		earlier.intent === "compare" && slots.period && !slots.against
			? againstOf(slots.period, nowMs)
			: undefined;
	return against ? { ...targeted, period: earlier.slots.period, against } : targeted;
}
