import type { GuardSpec, Plan, Reversal, Risk, VerificationSpec } from "../domain/plan.ts";

/** What a remediation is, without any way to run it. */
export type RemediationSummary = {
	readonly name: string;
	readonly title: string;
	readonly description: string;
	readonly risk: Risk;
	readonly reversal: Reversal;
	/** JSON Schema of its parameters. */
	readonly parameters: unknown;
};

/** The remediations of this installation, and plans of them. Planning reads the world and cannot change it. */
export type RemediationCatalog = {
	list(): readonly RemediationSummary[];
	/**
	 * A plan of a proposal. Its check lasts as much longer than the one asked for as this remediation needs until metrics
	 * show its effect. AppErrors: `not_found` (remediation or target), `invalid` (parameters, in a sentence).
	 */
	plan(
		name: string,
		parameters: Readonly<Record<string, unknown>>,
		checks: {
			readonly verification: VerificationSpec | undefined;
			readonly guards: readonly GuardSpec[];
		},
	): Promise<Plan>;
	/** The hash over what a plan will do and until when it may be begun. */
	hash(plan: Plan, expiresAtMs: number): string;
};
