import { z } from "zod";
import { Role } from "../domain/actor.ts";
import { Weekday } from "../domain/approval-policy.ts";
import { cron, name, timeZone } from "./values.ts";

/** A time of day. */
const clockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "write a time of day such as 09:00");

/** Unlike a scope, a rule knows no patterns: one that fitted nothing would leave the next, weaker rule in force. */
const oneOrAll = z
	.string()
	.refine((text) => text === "*" || /^[^*\s]+$/.test(text), "is neither one name nor *")
	.default("*");

/** One rule of the approval policy. */
export const PolicyConfig = z
	.strictObject({
		remediation: oneOrAll,
		environment: oneOrAll,
		request_roles: z.array(Role).default(["admin", "operator"]),
		approve_roles: z.array(Role).default(["admin", "operator"]),
		quorum: z.number().int().min(1).max(10).default(1),
		self_approval: z.boolean().default(false),
		expiry_minutes: z.number().min(1).max(1440).default(15),
		cooldown_minutes: z.number().min(0).max(10_080).default(10),
		maximum_targets: z.number().int().min(1).max(1000).default(10),
		window_minutes: z.number().min(1).max(10_080).default(60),
		window_maximum_targets: z.number().int().min(1).max(10_000).default(20),
		allowed_times: z
			.array(
				z.strictObject({
					days: z
						.array(Weekday)
						.min(1)
						.default([...Weekday.options]),
					from: clockTime,
					to: clockTime,
					time_zone: timeZone.optional(),
				}),
			)
			.default([]),
	})
	.refine((rule) => !rule.self_approval || rule.environment === "local", {
		path: ["self_approval"],
		message: "is allowed only with environment: local",
	});

/** A planned time in which a scope is neither told of nor changed. */
export const MaintenanceConfig = z.strictObject({
	name,
	match: z.strictObject({ target: z.string().optional(), environment: z.string().optional() }).default({}),
	/** When it begins, again and again. */
	cron,
	time_zone: timeZone.optional(),
	duration_minutes: z.number().min(1).max(10_080),
});
