import { z } from "zod";
import { Unit } from "./quantity.ts";

/** How much can go wrong. */
export const Risk = z.enum(["low", "medium", "high"]);
export type Risk = z.infer<typeof Risk>;

/** What undoing means: a way back, a state that returns by itself, or something that is gone. */
export const Reversal = z.enum(["rollback", "nothing-to-undo", "irreversible"]);
export type Reversal = z.infer<typeof Reversal>;

/** A check made before anybody is asked, with its result in words. */
export const PlanCheck = z.object({ verdict: z.enum(["pass", "info", "fail"]), text: z.string() });
export type PlanCheck = z.infer<typeof PlanCheck>;

/** The metric that must come back into which band, for how long, by when. Times count from the end of the call. */
export const VerificationSpec = z.object({
	watch: z.string(),
	metric: z.string(),
	query: z.string(),
	/** Which series of the query's result is meant; all labels must be equal. */
	labels: z.record(z.string(), z.string()),
	unit: Unit,
	band: z.object({ low: z.number(), high: z.number() }),
	withinSeconds: z.number().positive(),
	holdSeconds: z.number().nonnegative(),
	intervalSeconds: z.number().positive(),
});
export type VerificationSpec = z.infer<typeof VerificationSpec>;

/** Parameters as they were validated by the remediation's schema. */
export const PlanParameters = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
export type PlanParameters = z.infer<typeof PlanParameters>;

/** A concrete thing that will be changed: `id` is unique, `state` is what was read when the plan was made. */
const PlanTarget = z.object({
	name: z.string(),
	id: z.string(),
	state: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** A metric that must not get worse while a change is checked. Judged like the metric of the verification. */
export const GuardSpec = z.object({
	metric: z.string(),
	query: z.string(),
	labels: z.record(z.string(), z.string()),
	unit: Unit,
	/** Outside of it for `forSeconds` on end: the change made things worse. */
	band: z.object({ low: z.number(), high: z.number() }),
	forSeconds: z.number().nonnegative(),
});
export type GuardSpec = z.infer<typeof GuardSpec>;

/** An action of AWS that the executor must be allowed, such as `ec2:RebootInstances` on these ARNs. */
export const PermissionNeed = z.object({
	action: z.string(),
	region: z.string(),
	resources: z.array(z.string()).min(1),
});
export type PermissionNeed = z.infer<typeof PermissionNeed>;

/** A remediation with concrete targets and parameters, and what will change. */
export const Plan = z.object({
	remediation: z.string(),
	version: z.number().int().positive(),
	title: z.string(),
	environment: z.string(),
	account: z.string(),
	/** Where in AWS; left out for this machine. */
	region: z.string().optional(),
	parameters: PlanParameters,
	targets: z.array(PlanTarget).min(1),
	/** One sentence: what will happen. */
	summary: z.string(),
	/** The change in one or two words for the flag on charts: `restarted`, `4 → 6`. */
	doneLabel: z.string(),
	/** The change as a noun, for titles: `a restart`. */
	noun: z.string(),
	checks: z.array(PlanCheck),
	risk: Risk,
	reversal: Reversal,
	usualSeconds: z.number().positive(),
	verification: VerificationSpec.optional(),
	/** What the targets' own report must show where no metric is checked, as it follows "helped if". */
	doneIf: z.string().optional(),
	/** What happens when it did not help, in words. */
	otherwise: z.string(),
	/** The document of Systems Manager that runs, pinned to its content. */
	document: z.object({ name: z.string(), version: z.string(), hash: z.string() }).optional(),
	/** What the executor must be allowed; checked before anybody is asked. */
	permissions: z.array(PermissionNeed).default([]),
	guards: z.array(GuardSpec).default([]),
});
export type Plan = z.infer<typeof Plan>;

/** What a person who decides must be able to rely on: the part of a plan that its hash covers. */
export function hashedPart(plan: Plan): unknown {
	const { remediation, version, environment, account, region, parameters, targets, document } = plan;
	const { verification, guards, reversal } = plan;
	return {
		remediation,
		version,
		environment,
		account,
		region,
		parameters,
		targets,
		document,
		verification,
		guards,
		reversal,
	};
}
