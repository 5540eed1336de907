import { type AllowedTime, type ApprovalPolicyRule, type Permission, Weekday } from "./approval-policy.ts";
import type { PlanCheck } from "./plan.ts";
import { sentenceCase } from "./sentence-case.ts";
import { timeToken } from "./time-text.ts";

const DAYS = Weekday.options;
const MINUTE_MS = 60_000;
/** A week, and a day more for an hour that does not exist. */
const SEARCHED_MINUTES = 8 * 1440;

/**
 * Whether a rule lets plans be approved and run at this moment. `to` itself is outside; where `from` is not before
 * `to`, the span goes on over midnight until `to` of the next day. Spans go by the clock on the wall: an hour that
 * exists twice counts twice, one that does not exist not at all. Pure.
 */
export function judgeTime(
	{ allowedTimes }: Pick<ApprovalPolicyRule, "allowedTimes">,
	nowMs: number,
): Permission {
	if (allowedTimes.length === 0 || allowedTimes.some((span) => isWithin(span, nowMs)))
		return { allowed: true };
	return {
		allowed: false,
		reason: `The approval policy allows this only ${allowedTimes.map(spanText).join(" or ")}.`,
	};
}

/** The first minute after `nowMs` in which a rule lets plans be approved and run, within eight days. Pure. */
export function nextAllowedTime(
	rule: Pick<ApprovalPolicyRule, "allowedTimes">,
	nowMs: number,
): number | undefined {
	const firstMs = (Math.floor(nowMs / MINUTE_MS) + 1) * MINUTE_MS;
	for (let minute = 0; minute < SEARCHED_MINUTES; minute += 1) {
		const atMs = firstMs + minute * MINUTE_MS;
		if (judgeTime(rule, atMs).allowed) return atMs;
	}
	return undefined;
}

/**
 * The allowed times as a check of a plan, before anybody is asked: none where it is always allowed; failed where the
 * request would expire before it can be approved. Pure.
 */
export function timeChecks(
	rule: Pick<ApprovalPolicyRule, "allowedTimes">,
	{ nowMs, expiresAtMs }: { readonly nowMs: number; readonly expiresAtMs: number },
): readonly PlanCheck[] {
	if (rule.allowedTimes.length === 0) return [];
	const text = `May be approved and run only ${rule.allowedTimes.map(spanText).join(" or ")}`;
	if (judgeTime(rule, nowMs).allowed) return [{ verdict: "pass", text: `${text}, as now` }];
	const nextMs = nextAllowedTime(rule, nowMs);
	if (nextMs === undefined) return [{ verdict: "fail", text: `${text}, which does not come` }];
	const next = `${text}; next at ${timeToken(nextMs)}`;
	return nextMs < expiresAtMs
		? [{ verdict: "info", text: next }]
		: [{ verdict: "fail", text: `${next}, after the request would have expired; ask again then` }];
}

/** A span in words: `Mon–Fri 08:00–18:00 (Europe/Berlin)`. */
export function spanText({ days, from, to, timeZone }: AllowedTime): string {
	const named = DAYS.filter((day) => days.includes(day));
	const runs: Weekday[][] = [];
	for (const day of named) {
		const last = runs.at(-1)?.at(-1);
		if (last !== undefined && DAYS.indexOf(day) === DAYS.indexOf(last) + 1) runs.at(-1)?.push(day);
		else runs.push([day]);
	}
	const texts = runs.map((run) => {
		const [first, last] = [title(run[0]), title(run.at(-1))];
		return run.length === 1 ? first : run.length === 2 ? `${first}, ${last}` : `${first}–${last}`;
	});
	return `${named.length === DAYS.length ? "daily" : texts.join(", ")} ${from}–${to} (${timeZone})`;
}

function title(day: Weekday | undefined): string {
	return day === undefined ? "" : sentenceCase(day);
}

function isWithin({ days, from, to, timeZone }: AllowedTime, nowMs: number): boolean {
	const { day, clock } = wallClock(timeZone, nowMs);
	const today = days.includes(day);
	if (from < to) return today && clock >= from && clock < to;
	const yesterday = DAYS[(DAYS.indexOf(day) + DAYS.length - 1) % DAYS.length];
	return (today && clock >= from) || (yesterday !== undefined && days.includes(yesterday) && clock < to);
}

const ZONES_KEPT = 100;
const formats = new Map<string, Intl.DateTimeFormat>();

/** The day of the week and the time `HH:MM` in a zone. */
function wallClock(timeZone: string, atMs: number): { readonly day: Weekday; readonly clock: string } {
	let format = formats.get(timeZone);
	if (!format) {
		if (formats.size >= ZONES_KEPT) formats.clear();
		format = new Intl.DateTimeFormat("en-GB", {
			timeZone,
			weekday: "short",
			hour: "2-digit",
			minute: "2-digit",
			hourCycle: "h23",
		});
		formats.set(timeZone, format);
	}
	const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
	return {
		day: Weekday.parse(parts.get("weekday")?.toLowerCase()),
		clock: `${parts.get("hour")}:${parts.get("minute")}`,
	};
}
