import { z } from "zod";
import { PlanParameters, Reversal, Risk } from "../../src/domain/plan.ts";
import { Severity } from "../../src/domain/severity.ts";

/** A wish for a remediation, with parameters as its schema wants them. */
export const ProposalRequest = z.strictObject({
	remediation: z.string().min(1).max(60),
	parameters: z
		.record(z.string().max(40), z.union([z.string().max(300), z.number(), z.boolean()]))
		.default({}),
	incidentId: z
		.string()
		.regex(/^INC-\d{1,12}$/)
		.optional(),
});

/** A standing rule with its record; `lowerBound` is a share of 0 to 1, absent while nothing is scored. */
const RuleView = z.object({
	name: z.string(),
	watch: z.string(),
	severity: Severity,
	forSeconds: z.number(),
	maximumTargets: z.number().int(),
	remediation: z.string(),
	parameters: PlanParameters,
	mode: z.enum(["ask", "shadow"]),
	version: z.string(),
	record: z.object({
		runs: z.number().int(),
		right: z.number().int(),
		wrong: z.number().int(),
		open: z.number().int(),
		lowerBound: z.number().optional(),
	}),
	last: z
		.object({
			at: z.string(),
			target: z.string(),
			incidentId: z.string(),
			approvalId: z.string().optional(),
			note: z.string().optional(),
			verdict: z.enum(["right", "wrong", "void"]).optional(),
			reason: z.string().optional(),
		})
		.optional(),
});
export const RuleList = z.object({ items: z.array(RuleView) });

/** `parameters`: their JSON Schema. */
export const RemediationList = z.object({
	items: z.array(
		z.object({
			name: z.string(),
			title: z.string(),
			description: z.string(),
			risk: Risk,
			reversal: Reversal,
			parameters: z.record(z.string(), z.unknown()),
		}),
	),
});
