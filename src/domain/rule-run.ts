import type { Anomaly } from "./anomaly.ts";
import { type Approval, isUnchecked } from "./approval.ts";
import { afterChange, changeBefore, endedByItself } from "./came-back-after.ts";
import type { Incident } from "./incident.ts";
import type { StandingRule } from "./standing-rule.ts";

/** What a standing rule said on one finding, once; and, when the incident is over, how right it was. */
export type RuleRun = {
	/** R-n */
	readonly id: string;
	readonly rule: string;
	/** Grows into another one with every edit of the rule, so that each version has its own record. */
	readonly version: string;
	readonly mode: StandingRule["mode"];
	readonly anomalyId: string;
	readonly incidentId: string;
	readonly remediation: string;
	readonly target: string;
	readonly atMs: number;
	/** The request that was made, with `ask`. */
	readonly approvalId?: string;
	/** What would have been done, or why it could not be planned or asked for. */
	readonly note?: string;
	readonly score?: RuleScore;
};

/**
 * `right`: people did what the rule said, it helped, and it held. `wrong`: it was done and did not help or hold, or people did
 * otherwise, denied it, or nothing was needed. `void`: nothing can be said, such as a request that expired unseen.
 */
export type RuleScore = {
	readonly verdict: "right" | "wrong" | "void";
	readonly reason: string;
	readonly scoredAtMs: number;
};

/** For so long the finding must not come back for a remedy to count as having held. */
export const HOLD_MS = 30 * 60_000;

const NEVER_RAN: readonly Approval["status"][] = ["denied", "cancelled", "expired"];

/**
 * Scores a run by what people did about the incident and whether it held; undefined while that is open. Pure.
 * @param approvals the requests about the target since the run, of whatever remediation
 * @param later findings of the same watch on the same target in incidents that opened after this one
 */
export function scoreRun(
	run: RuleRun,
	incident: Incident,
	approvals: readonly Approval[],
	later: readonly Pick<Anomaly, "incidentId" | "outsideSinceMs">[],
	nowMs: number,
): RuleScore | undefined {
	if (incident.status !== "resolved" || incident.resolvedAtMs === undefined) return undefined;
	const score = (verdict: RuleScore["verdict"], reason: string) => ({ verdict, reason, scoredAtMs: nowMs });
	const own = approvals.find(({ id }) => id === run.approvalId);
	if (own?.status === "denied") return score("wrong", `${own.id} was denied`);
	const done = approvals.filter(({ status }) => !NEVER_RAN.includes(status) && isOver(status));
	const same = done.find(({ plan }) => plan.remediation === run.remediation);
	if (!same) {
		const [other] = done;
		if (other) return score("wrong", `people did something else: ${other.plan.title} (${other.id})`);
		const change = changeBefore(incident);
		if (change) return score("void", `it came back ${afterChange(change)}`);
		if (endedByItself(incident)) return score("wrong", "it was over by itself");
		return score("void", own ? `${own.id} was not decided` : "nobody did anything about it");
	}
	if (same.status === "unknown") return score("void", `what became of ${same.id} is not known`);
	if (same.status !== "succeeded") return score("wrong", `${same.id} was done and did not help`);
	if (isUnchecked(same)) return score("void", `whether ${same.id} helped was not checked`);
	const { resolvedAtMs } = incident;
	const back = later.find(({ outsideSinceMs }) => outsideSinceMs - resolvedAtMs < HOLD_MS);
	if (back) return score("wrong", `${same.id} helped, but it came back as ${back.incidentId}`);
	if (nowMs - resolvedAtMs < HOLD_MS) return undefined;
	return score("right", `${same.id} helped and held`);
}

function isOver(status: Approval["status"]): boolean {
	return ["succeeded", "failed", "rolled_back", "rollback_failed", "unknown"].includes(status);
}

/** The record of one version of a rule. `lowerBound`: that share of right runs is exceeded with 95 % confidence. */
export type RuleRecord = {
	readonly runs: number;
	readonly right: number;
	readonly wrong: number;
	readonly open: number;
	readonly lowerBound: number;
};

/** Counts the runs of one version of a rule; void ones count for nothing. Pure. */
export function recordOf(runs: readonly Pick<RuleRun, "score">[]): RuleRecord {
	const count = (verdict: RuleScore["verdict"]) =>
		runs.filter(({ score }) => score?.verdict === verdict).length;
	const right = count("right");
	const wrong = count("wrong");
	return {
		runs: runs.length,
		right,
		wrong,
		open: runs.filter(({ score }) => score === undefined).length,
		lowerBound: lowerBound95(right, right + wrong),
	};
}

/** One-sided 95 %. */
const Z = 1.6448536269514722;

/**
 * The lower end of the one-sided 95 % score interval of a share, 0 to 1; 0 without trials.
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
 */
export function lowerBound95(successes: number, trials: number): number {
	if (trials === 0) return 0;
	const share = successes / trials;
	const z2 = Z * Z;
	const centre = share + z2 / (2 * trials);
	const margin = Z * Math.sqrt((share * (1 - share) + z2 / (4 * trials)) / trials);
	return Math.max(0, (centre - margin) / (1 + z2 / trials));
}
