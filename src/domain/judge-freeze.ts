import type { Freeze, Scope, Scoped } from "./freeze.ts";
import { fitsPattern } from "./routing.ts";
import { targetNames } from "./target-names.ts";
import { timeToken } from "./time-text.ts";

/** What `covers` compares with: a plan, or a target alone, of which no remediation is known. */
type Covered = Omit<Scoped, "remediation"> & Partial<Pick<Scoped, "remediation">>;

/**
 * Whether a scope covers a plan: every part that is given must fit, a target by any of its names, and one target is
 * enough. Upper and lower case are the same here: what is mistyped stops more, never less. Pure.
 */
export function covers(scope: Scope, { remediation, environment, targets }: Covered): boolean {
	const { target } = scope;
	return (
		(scope.environment === undefined || fits(scope.environment, environment)) &&
		(scope.remediation === undefined ||
			(remediation !== undefined && fits(scope.remediation, remediation))) &&
		(target === undefined || targets.some((one) => targetNames(one).some((name) => fits(target, name))))
	);
}

function fits(pattern: string, text: string): boolean {
	return fitsPattern(pattern.toLowerCase(), text.toLowerCase());
}

/** Whether a freeze is in force: not lifted, and its end not reached. Its beginning is not asked, so that a clock set back opens nothing. */
export function isInForce({ liftedAtMs, untilMs }: Freeze, nowMs: number): boolean {
	return liftedAtMs === undefined && (untilMs === undefined || nowMs < untilMs);
}

/** The freeze that forbids a plan now, or undefined. Pure. */
export function freezeOver(freezes: readonly Freeze[], plan: Scoped, nowMs: number): Freeze | undefined {
	return freezes.find((freeze) => isInForce(freeze, nowMs) && covers(freeze.scope, plan));
}

/** A scope in words: `production`, `checkout* in production`, `every target`. */
export function scopeText({ environment, target, remediation }: Scope): string {
	const what =
		target ?? (environment === undefined && remediation === undefined ? "every target" : undefined);
	const where =
		environment === undefined ? what : what === undefined ? environment : `${what} in ${environment}`;
	if (remediation === undefined) return where ?? "every target";
	return where === undefined ? `${remediation} everywhere` : `${remediation} of ${where}`;
}

/** One or two sentences: who froze what since when, until when, and why. Times are tokens; see `replaceTimes`. */
export function freezeText({ id, scope, reason, actorName, createdAtMs, untilMs }: Freeze): string {
	const until = untilMs === undefined ? "until it is lifted" : `until ${timeToken(untilMs)}`;
	const why = reason === undefined ? "" : ` Reason: ${reason.replace(/[.\s]+$/, "")}.`;
	return `Changes are frozen for ${scopeText(scope)} by ${actorName} since ${timeToken(createdAtMs)}, ${until} (${id}).${why}`;
}
