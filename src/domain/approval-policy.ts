import { z } from "zod";
import type { Person, Role } from "./actor.ts";
import type { Plan } from "./plan.ts";

/** Who may request and decide, and how many must agree. `*` matches every remediation or environment. */
export type ApprovalPolicyRule = {
	readonly remediation: string;
	readonly environment: string;
	readonly requestRoles: readonly Role[];
	readonly approveRoles: readonly Role[];
	readonly quorum: number;
	readonly selfApproval: boolean;
	readonly expiryMinutes: number;
	/** The person ids who alone may decide, within the roles; left out: no such bound. Empty: nobody. */
	readonly approvers?: readonly string[];
	/** Minutes between two runs on one target; 0: none. */
	readonly cooldownMinutes: number;
	/** The most targets of one request. */
	readonly maximumTargets: number;
	/** The most distinct targets that are changed within so many minutes, over all requests of one environment. */
	readonly window: { readonly minutes: number; readonly maximumTargets: number };
	/** When it may be approved and run; empty: always. */
	readonly allowedTimes: readonly AllowedTime[];
};

/** A span of the week in a time zone: from 09:00 to 17:00, or over midnight where `from` is later than `to`. */
export type AllowedTime = {
	readonly days: readonly Weekday[];
	/** `HH:MM` */
	readonly from: string;
	readonly to: string;
	readonly timeZone: string;
};
export const Weekday = z.enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
export type Weekday = z.infer<typeof Weekday>;

/** The rules in the order they are tried; the first match counts. No match: nobody may. */
export type ApprovalPolicy = readonly ApprovalPolicyRule[];

/** Where a plan belongs to: `account` is `local` for this machine. */
type Governed = Pick<Plan, "remediation" | "environment" | "account">;

/**
 * The rule that governs a plan, or undefined: then nothing may be requested or approved. A rule that lets people approve
 * their own requests is for this machine only, whatever environment a tag names; of the others upper and lower case are
 * the same. Pure.
 */
export function ruleFor(policy: ApprovalPolicy, plan: Governed): ApprovalPolicyRule | undefined {
	return policy.find(
		(rule) =>
			(rule.remediation === "*" || rule.remediation === plan.remediation) &&
			(rule.selfApproval
				? plan.account === "local" && ["*", plan.environment].includes(rule.environment)
				: ["*", plan.environment.toLowerCase()].includes(rule.environment.toLowerCase())),
	);
}

/** Allowed, or the one-sentence reason why not. */
export type Permission = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

/** Whether a person may ask for this plan. The product itself may always propose: a proposal changes nothing. */
export function mayRequest(rule: ApprovalPolicyRule | undefined, person: Person | undefined): Permission {
	if (!rule)
		return {
			allowed: false,
			reason: "No approval policy covers this remediation here, so it can't be requested.",
		};
	if (!person || rule.requestRoles.includes(person.role)) return { allowed: true };
	if (rule.requestRoles.length === 0)
		return { allowed: false, reason: "The approval policy lets nobody request this remediation here." };
	return { allowed: false, reason: `Requesting this needs the role ${rule.requestRoles.join(" or ")}.` };
}

/** Whether so many distinct approvers are enough: at least one, whatever the rule says; without a rule never. */
export function isQuorum(rule: ApprovalPolicyRule | undefined, approvers: number): boolean {
	return rule !== undefined && approvers >= Math.max(1, rule.quorum);
}

/** Whether a person may decide on a request made by `requesterPersonId` (undefined: the product itself asked). */
export function mayDecide(
	rule: ApprovalPolicyRule | undefined,
	person: Person,
	requesterPersonId: string | undefined,
): Permission {
	if (!rule || rule.approveRoles.length === 0)
		return {
			allowed: false,
			reason: "No approval policy covers this remediation here, so nobody may decide.",
		};
	if (!rule.approveRoles.includes(person.role))
		return { allowed: false, reason: `Deciding needs the role ${rule.approveRoles.join(" or ")}.` };
	if (rule.approvers && !rule.approvers.includes(person.id))
		return { allowed: false, reason: "Only the approvers that the route of this target names may decide." };
	if (person.id === requesterPersonId && !rule.selfApproval)
		return { allowed: false, reason: "The person who asked can't approve it; somebody else must." };
	return { allowed: true };
}
