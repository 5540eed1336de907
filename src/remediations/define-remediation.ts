import type { z } from "zod";
import type { Plan, PlanParameters, VerificationSpec } from "../domain/plan.ts";
import type { CloudReader } from "../ports/cloud-reader.ts";
import type { CloudWriter } from "../ports/cloud-writer.ts";
import type { MetricsSource } from "../ports/metrics-source.ts";

/** One run of a plan: `id` goes along to where the world keeps it. */
export type Run = { readonly id: string; readonly intendedAtMs: number };

/** What a run did, in a sentence. */
export type RunState =
	/** It did what it should. */
	| { readonly kind: "done"; readonly text: string }
	/** It was carried out and did not do its job; something may have changed. */
	| { readonly kind: "failed"; readonly text: string }
	/** It was accepted and goes on by itself; ask again. */
	| { readonly kind: "under_way"; readonly text: string };

/**
 * What was found out about a call whose reply is lost. `not_done` allows the one call to be made, so it must be certain
 * that it neither happened nor can happen any more, or that a second one could change nothing; `never_sent` ends the
 * request without a second call; else `not_known`, with why.
 */
export type Reconciliation =
	| RunState
	| { readonly kind: "not_done" }
	| { readonly kind: "never_sent"; readonly text: string }
	| { readonly kind: "not_known"; readonly text: string };

/** What reconciling may look at. `nowMs` is of the clock that `intendedAtMs` is of: the database's. */
export type World = {
	readonly reader: CloudReader;
	readonly metrics: MetricsSource;
	readonly nowMs: number;
};

/** Makes a way back part of the type: `rollback` must have the function, and what is irreversible is high risk. */
type ReversalPart =
	| {
			readonly reversal: "rollback";
			readonly risk: "low" | "medium" | "high";
			/**
			 * Takes the change back, if the world is still as the change left it: AppError `conflict` else. Idempotent. Says
			 * what it did.
			 */
			rollback(plan: Plan, writer: CloudWriter, run: Run, reader: CloudReader): Promise<string>;
	  }
	| { readonly reversal: "nothing-to-undo"; readonly risk: "low" | "medium" | "high" }
	| { readonly reversal: "irreversible"; readonly risk: "high" };

/** What `plan` gives; the rest of a Plan follows from the declaration. */
export type PlanDraft = Omit<
	Plan,
	| "verification"
	| "remediation"
	| "version"
	| "parameters"
	| "risk"
	| "reversal"
	| "usualSeconds"
	| "otherwise"
	| "permissions"
	| "guards"
> & { readonly permissions?: Plan["permissions"] };

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
	/** After so long without an end a run counts as of unknown outcome. */
	readonly longestSeconds: number;
	/** So long after `execute` metrics may not show the effect yet: a check that is asked for lasts so much longer. */
	readonly showsAfterSeconds: number;
	/** The actions of AWS it needs, for planning and for running; empty for this machine. */
	readonly iam: { readonly read: readonly string[]; readonly write: readonly string[] };
	/**
	 * Resolves names to concrete ids and reads the state now. It can't write: the type forbids it. A check with the
	 * verdict `fail` says why it can't be asked for.
	 */
	plan(parameters: z.infer<Schema>, reader: CloudReader): Promise<PlanDraft>;
	/** Makes the change once. */
	execute(plan: Plan, writer: CloudWriter, run: Run): Promise<RunState>;
	/** The metric to check where the proposal names none; undefined where the target has no metrics. */
	verify(plan: Plan): VerificationSpec | undefined;
	/** What became of a run: after a crash between call and reply, and while it is under way. */
	reconcile(plan: Plan, world: World, run: Run): Promise<Reconciliation>;
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
