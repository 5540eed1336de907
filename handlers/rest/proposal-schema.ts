import { z } from "zod";
import { Reversal, Risk } from "../../src/domain/plan.ts";

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
