import { type RuleRecord, type RuleRun, recordOf } from "../domain/rule-run.ts";
import type { StandingRule } from "../domain/standing-rule.ts";
import type { Stores } from "../ports/store.ts";
import { ruleVersion } from "./run-rules.ts";

/** A standing rule with the record of its present version. */
export type RuleStanding = {
	readonly rule: StandingRule;
	readonly version: string;
	readonly record: RuleRecord;
	/** The newest run. */
	readonly last: RuleRun | undefined;
};

/** Every standing rule with its record, in the order of the configuration. */
export function readAutonomy(
	stores: Pick<Stores, "rules">,
	standingRules: readonly StandingRule[],
): Promise<readonly RuleStanding[]> {
	return Promise.all(
		standingRules.map(async (rule) => {
			const version = ruleVersion(rule);
			const runs = await stores.rules.ofRule(rule.name, version);
			return { rule, version, record: recordOf(runs), last: runs[0] };
		}),
	);
}
