import { z } from "zod";
import { Unit } from "../domain/quantity.ts";
import { Severity } from "../domain/severity.ts";
import { name } from "./values.ts";

/** A standing rule: when a watch is outside, propose a remediation, or only note what would have been proposed. */
export const RuleConfig = z.strictObject({
	name,
	watch: name,
	severity: Severity.default("medium"),
	for_seconds: z.number().min(0).max(86_400).default(0),
	/** The most targets that may be outside at once; with more, the cause is elsewhere. */
	maximum_targets: z.number().int().min(1).max(1000).default(1),
	remediation: z.string().min(1),
	parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
	mode: z.enum(["ask", "shadow"]).default("ask"),
});

/** A metric that must not get worse while a change of these targets is checked. */
export const GuardConfig = z
	.strictObject({
		name,
		match: z.strictObject({ target: z.string().optional(), environment: z.string().optional() }).default({}),
		metric: z.string().min(1).max(60),
		query: z.string().min(1).max(10_000),
		unit: Unit.default("count"),
		minimum: z.number().optional(),
		maximum: z.number().optional(),
		for_seconds: z.number().min(0).max(3600).default(15),
	})
	.refine((guard) => guard.minimum !== undefined || guard.maximum !== undefined, {
		message: "bounds nothing; write minimum: or maximum:",
	});
