import type { Scope, Scoped } from "./freeze.ts";
import { covers, scopeText } from "./judge-freeze.ts";
import { timeToken } from "./time-text.ts";

/** Planned work that comes again and again: meanwhile its scope is neither told of nor changed. */
export type MaintenanceWindow = {
	readonly name: string;
	readonly match: Pick<Scope, "target" | "environment">;
	/** A cron expression in `timeZone` (IANA): when it begins. */
	readonly cron: string;
	readonly timeZone: string;
	readonly durationMinutes: number;
};

/** One time that a window is open, or will be: from `startMs` until before `endMs`. */
export type MaintenanceSpan = {
	readonly name: string;
	readonly match: MaintenanceWindow["match"];
	readonly startMs: number;
	readonly endMs: number;
};

/** The span of a window that began at `startMs`. */
export function spanFrom(
	{ name, match, durationMinutes }: MaintenanceWindow,
	startMs: number,
): MaintenanceSpan {
	return { name, match, startMs, endMs: startMs + durationMinutes * 60_000 };
}

/** The maintenance that covers a plan or a target now, or undefined; the one that ends last. Pure. */
export function maintenanceOver(
	spans: readonly MaintenanceSpan[],
	what: Pick<Scoped, "environment" | "targets">,
	nowMs: number,
): MaintenanceSpan | undefined {
	return spans
		.filter(({ match, startMs, endMs }) => startMs <= nowMs && nowMs < endMs && covers(match, what))
		.toSorted((a, b) => b.endMs - a.endMs)[0];
}

/** One sentence: what is being worked on until when. Times are tokens; see `replaceTimes`. */
export function maintenanceText({ name, match, endMs }: MaintenanceSpan): string {
	return `The maintenance ${name} covers ${scopeText(match)} until ${timeToken(endMs)}; nothing is changed there meanwhile.`;
}
