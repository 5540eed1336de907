import { createHash } from "node:crypto";
import type { Actor } from "../domain/actor.ts";
import type { Anomaly } from "../domain/anomaly.ts";
import type { Approval } from "../domain/approval.ts";
import { canonicalJson } from "../domain/canonical-json.ts";
import { toAppError } from "../domain/errors.ts";
import type { RuleRun } from "../domain/rule-run.ts";
import { judgeRule, parametersFor, type StandingRule } from "../domain/standing-rule.ts";
import type { Logger } from "../ports/logger.ts";
import type { RemediationCatalog } from "../ports/remediation-catalog.ts";
import type { Store } from "../ports/store.ts";
import type { ProposalInput } from "./propose-remediation.ts";

const LEASE_SECONDS = 30;

export type RunRulesDeps = {
	readonly store: Store;
	readonly standingRules: readonly StandingRule[];
	readonly catalog: Pick<RemediationCatalog, "plan">;
	readonly logger: Logger;
	/** Names this process in leases. */
	readonly owner: string;
	propose(actor: Actor, input: ProposalInput): Promise<Approval>;
};

/** What names one version of a rule: any edit makes another, with a record of its own. */
export function ruleVersion(rule: StandingRule): string {
	return createHash("sha256").update(canonicalJson(rule)).digest("hex").slice(0, 16);
}

/**
 * Lets every standing rule speak of the findings that are open now: `ask` makes a request that people decide on, `shadow`
 * notes what would have been asked. Once for each finding and version of a rule, over all replicas. What the process died
 * over before it was asked for is not asked again: a rule that says too little is better than one that says it twice.
 */
export async function runRules(deps: RunRulesDeps): Promise<void> {
	const { store, standingRules } = deps;
	if (standingRules.length === 0) return;
	if ((await store.leases.acquire("standing-rules", deps.owner, LEASE_SECONDS)) === undefined) return;
	const nowMs = await store.now();
	for (const rule of standingRules) {
		const judgement = judgeRule(rule, await store.anomalies.openOf(rule.watch), nowMs);
		if (judgement.kind === "silent") continue;
		for (const finding of judgement.findings) await speak(deps, rule, finding, nowMs);
	}
}

async function speak(deps: RunRulesDeps, rule: StandingRule, finding: Anomaly, nowMs: number): Promise<void> {
	const run = await deps.store.rules.begin({
		rule: rule.name,
		version: ruleVersion(rule),
		mode: rule.mode,
		anomalyId: finding.id,
		incidentId: finding.incidentId,
		remediation: rule.remediation,
		target: finding.target,
		atMs: nowMs,
	});
	if (!run) return;
	const result = await (rule.mode === "ask" ? ask : foresee)(deps, rule, finding);
	await deps.store.rules.settle(run.id, result);
	deps.logger.info(
		`${run.id}: rule ${rule.name} ${rule.mode === "ask" ? "asked" : "would have asked"} for ${rule.remediation} of ${finding.target}: ${result.approvalId ?? result.note}`,
	);
}

type Said = Pick<RuleRun, "approvalId" | "note">;

async function ask(deps: RunRulesDeps, rule: StandingRule, finding: Anomaly): Promise<Said> {
	try {
		const approval = await deps.propose(
			{ kind: "agent", name: `rule ${rule.name}` },
			{
				remediation: rule.remediation,
				parameters: parametersFor(rule, finding.target),
				incidentId: finding.incidentId,
			},
		);
		return { approvalId: approval.id };
	} catch (error) {
		const { message, extra } = toAppError(error);
		// Somebody asked for the same already: then that request is what the rule said, too.
		return typeof extra.approvalId === "string"
			? { approvalId: extra.approvalId, note: message }
			: { note: message };
	}
}

async function foresee({ catalog }: RunRulesDeps, rule: StandingRule, finding: Anomaly): Promise<Said> {
	try {
		const parameters = parametersFor(rule, finding.target);
		const plan = await catalog.plan(rule.remediation, parameters, { verification: undefined, guards: [] });
		return { note: plan.summary };
	} catch (error) {
		return { note: toAppError(error).message };
	}
}
