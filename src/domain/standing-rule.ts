import type { Anomaly } from "./anomaly.ts";
import type { PlanParameters } from "./plan.ts";
import { formatDuration } from "./quantity.ts";
import { isAtLeast, type Severity } from "./severity.ts";

/** When a watch is outside, propose a remediation (`ask`), or only note what would have been proposed (`shadow`). */
export type StandingRule = {
	readonly name: string;
	readonly watch: string;
	/** The least severity. */
	readonly severity: Severity;
	/** How long a finding must last. */
	readonly forSeconds: number;
	/** With more targets outside at once the cause is elsewhere. */
	readonly maximumTargets: number;
	readonly remediation: string;
	/** `$target` in a text stands for the target of the finding. */
	readonly parameters: PlanParameters;
	readonly mode: "ask" | "shadow";
};

/** The findings a rule speaks of now, or why there are none. */
export type RuleJudgement =
	| { readonly kind: "speaks"; readonly findings: readonly Anomaly[] }
	| { readonly kind: "silent"; readonly reason: string };

/**
 * Judges a standing rule by the open findings of its watch. Too many targets outside at once silence it for all of them,
 * whatever their severity: a remedy for one would not be the remedy. Pure.
 */
export function judgeRule(rule: StandingRule, open: readonly Anomaly[], nowMs: number): RuleJudgement {
	const outside = open.filter(({ watch, closedAtMs }) => watch === rule.watch && closedAtMs === undefined);
	const targets = new Set(outside.map(({ target, environment }) => JSON.stringify([target, environment])));
	if (targets.size === 0) return { kind: "silent", reason: `${rule.watch} is inside its band` };
	if (targets.size > rule.maximumTargets)
		return {
			kind: "silent",
			reason: `${targets.size} targets are outside at once, and the rule speaks of at most ${rule.maximumTargets}`,
		};
	const severe = outside.filter(({ severity }) => isAtLeast(severity, rule.severity));
	if (severe.length === 0) return { kind: "silent", reason: `no finding is ${rule.severity} or worse` };
	const lasting = severe.filter(({ outsideSinceMs }) => nowMs - outsideSinceMs >= rule.forSeconds * 1000);
	if (lasting.length === 0)
		return {
			kind: "silent",
			reason: `no finding has lasted ${formatDuration(rule.forSeconds * 1000)}`,
		};
	return { kind: "speaks", findings: lasting };
}

/** The parameters of a rule for one target. */
export function parametersFor(rule: Pick<StandingRule, "parameters">, target: string): PlanParameters {
	return Object.fromEntries(
		Object.entries(rule.parameters).map(([key, value]) => [
			key,
			// As a function: a name may hold what replaceAll takes for a pattern.
			typeof value === "string" ? value.replaceAll("$target", () => target) : value,
		]),
	);
}
