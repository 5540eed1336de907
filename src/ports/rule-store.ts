import type { RuleRun, RuleScore } from "../domain/rule-run.ts";

/** What standing rules said: at most once for each finding and version of a rule. */
export type RuleStore = {
	/** Gives the run its id (R-n); undefined where this version spoke of this finding before. */
	begin(run: Omit<RuleRun, "id">): Promise<RuleRun | undefined>;
	/** Keeps what was made of a run: the request, or why there is none. */
	settle(id: string, result: Pick<RuleRun, "approvalId" | "note">): Promise<void>;
	score(id: string, score: RuleScore): Promise<void>;
	/** Runs without a score, oldest first, at most 500. */
	unscored(): Promise<readonly RuleRun[]>;
	/** The newest runs of one version of a rule, at most 1,000, newest first. */
	ofRule(rule: string, version: string): Promise<readonly RuleRun[]>;
};
