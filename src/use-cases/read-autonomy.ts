import { isUnchecked, statusText } from "../domain/approval.ts";
import { type RuleRecord, type RuleRun, recordOf } from "../domain/rule-run.ts";
import type { StandingRule } from "../domain/standing-rule.ts";
import type { Stores } from "../ports/store.ts";
import { ruleVersion } from "./run-rules.ts";

/** A standing rule with the record of its present version. */
export type RuleStanding = {
	readonly rule: StandingRule;
	readonly version: string;
	readonly record: RuleRecord;
	/** The newest run; where it has a request, its note says how that stands now. */
	readonly last: RuleRun | undefined;
};

/** Every standing rule with its record, in the order of the configuration. */
export function readAutonomy(
	stores: Pick<Stores, "rules" | "approvals">,
	standingRules: readonly StandingRule[],
): Promise<readonly RuleStanding[]> {
	return Promise.all(
		standingRules.map(async (rule) => {
			const version = ruleVersion(rule);
			const runs = await stores.rules.ofRule(rule.name, version);
			return { rule, version, record: recordOf(runs), last: await asOfNow(stores, runs[0]) };
		}),
	);
}

/** What was noted of a request when the rule spoke is soon out of date. */
async function asOfNow(
	{ approvals }: Pick<Stores, "approvals">,
	run: RuleRun | undefined,
): Promise<RuleRun | undefined> {
	const approval = run?.approvalId === undefined ? undefined : await approvals.get(run.approvalId);
	if (!run || !approval) return run;
	const state = isUnchecked(approval) ? "done, not checked" : statusText(approval.status);
	return { ...run, note: `${approval.id} (${approval.plan.title}) is ${state}` };
}
