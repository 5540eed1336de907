import type { z } from "zod";
import type { Plan, PlanParameters, VerificationSpec } from "../domain/plan.ts";
import type { CloudReader } from "../ports/cloud-reader.ts";
import type { CloudWriter } from "../ports/cloud-writer.ts";

/** What a reconciliation found out about a call whose reply is lost. */
export type Reconciliation = "done" | "not_done" | "not_known";

/** Makes a way back part of the type: `rollback` must have the function, and what is irreversible is high risk. */
type ReversalPart =
	| {
			readonly reversal: "rollback";
			readonly risk: "low" | "medium" | "high";
			rollback(plan: Plan, writer: CloudWriter, executionId: string): Promise<string>;
	  }
	| { readonly reversal: "nothing-to-undo"; readonly risk: "low" | "medium" | "high" }
	| { readonly reversal: "irreversible"; readonly risk: "high" };

/** What every remediation declares. Nothing has a default: safety is declared, never assumed. */
type CommonPart<Schema extends z.ZodType<PlanParameters>> = {
	readonly name: string;
	/** Grows when the same parameters would do something else; part of the plan's hash. */
	readonly version: number;
	readonly title: string;
	readonly description: string;
	readonly parameters: Schema;
	/** The usual time of `execute`, for the progress line. */
	readonly usualSeconds: number;
	/** Resolves names to concrete ids and reads the state now. It can't write: the type forbids it. */
	plan(
		parameters: z.infer<Schema>,
		reader: CloudReader,
	): Promise<
		Omit<
			Plan,
			| "verification"
			| "remediation"
			| "version"
			| "parameters"
			| "risk"
			| "reversal"
			| "usualSeconds"
			| "otherwise"
		>
	>;
	/** Makes the change once and says in a sentence what it did. */
	execute(plan: Plan, writer: CloudWriter, executionId: string): Promise<string>;
	/** The metric to check where the proposal names none; undefined where the target has no metrics. */
	verify(plan: Plan): VerificationSpec | undefined;
	/**
	 * After a crash between call and reply: whether the effect happened. `not_done` allows the one call to be made, so
	 * it must be certain that it neither happened nor can happen any more; else `not_known`.
	 */
	reconcile(plan: Plan, reader: CloudReader, executionId: string): Promise<Reconciliation>;
};

export type Remediation<Schema extends z.ZodType<PlanParameters> = z.ZodType<PlanParameters>> =
	CommonPart<Schema> & ReversalPart;

/** A remediation whose parameter type is no longer known: what the registry holds. */
export type AnyRemediation = Remediation;

/** Declares a remediation; parameters are parsed again before `plan`, whoever calls. */
export function defineRemediation<Schema extends z.ZodType<PlanParameters>>(
	remediation: Remediation<Schema>,
): AnyRemediation {
	return {
		...remediation,
		plan: (parameters, reader) => remediation.plan(remediation.parameters.parse(parameters), reader),
	};
}
