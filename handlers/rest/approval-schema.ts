import { z } from "zod";
import { APPROVAL_STATUSES } from "../../src/domain/approval.ts";
import { PlanCheck, Reversal, Risk } from "../../src/domain/plan.ts";
import { page } from "./page-schema.ts";
import { PersonView } from "./session-schema.ts";

/** A request for a remediation: the plan, who decided, what came of it. Times are ISO 8601 in UTC. */
const time = z.iso.datetime();

export const DecisionView = z.object({
	person: PersonView,
	verdict: z.enum(["approve", "deny"]),
	reason: z.string().optional(),
	at: time,
});

export const ExecutionView = z.object({
	id: z.string(),
	status: z.enum(["intended", "called", "failed", "unknown"]),
	intendedAt: time,
	finishedAt: time.optional(),
	result: z.string().optional(),
	verification: z
		.object({
			verdict: z.enum(["pending", "helped", "not_helped", "worse"]),
			reason: z.string(),
			insideForSeconds: z.number(),
			checkedAt: time,
			lastValue: z.number().optional(),
		})
		.optional(),
});

export const ApprovalView = z.object({
	id: z.string(),
	status: z.enum(APPROVAL_STATUSES),
	/** It was done, and its plan has nothing by which anybody could tell that it helped. */
	unchecked: z.literal(true).optional(),
	incidentId: z.string().optional(),
	remediation: z.string(),
	title: z.string(),
	summary: z.string(),
	environment: z.string(),
	parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
	targets: z.array(
		z.object({
			name: z.string(),
			id: z.string(),
			state: z.record(z.string(), z.union([z.string(), z.number()])),
		}),
	),
	/** What was checked before anybody was asked, by the plan and by AWS. */
	checks: z.array(PlanCheck),
	/** What AWS was asked: while it is pending nobody can decide; `statement` is the policy that would allow what is missing, as JSON. */
	preflight: z
		.object({ state: z.enum(["pending", "passed", "blocked"]), statement: z.string().optional() })
		.optional(),
	/** Its region and account, where it is in AWS. */
	where: z.string().optional(),
	/** How long it takes, when it counts as help, what happens if not, and who may decide, in words. */
	takes: z.string().optional(),
	helpedIf: z.string().optional(),
	otherwise: z.string().optional(),
	note: z.string().optional(),
	/** The metric that shows whether it helped; without one there is no chart of it. */
	checkedMetric: z.string().optional(),
	risk: Risk,
	reversal: Reversal,
	planHash: z.string(),
	requester: z.object({ kind: z.string(), name: z.string() }),
	quorum: z.number().int(),
	approved: z.number().int(),
	/** Whether it is for the one who asks to decide, and if not why. What keeps everybody waiting is `held`. */
	mayDecide: z.object({ allowed: z.boolean(), reason: z.string().optional() }),
	/** Why nobody can approve it at the moment, though it can be denied: frozen, still being checked, not the time, changed too lately. */
	held: z.string().optional(),
	/** What has to be typed, with a reason, to approve it. */
	confirmWord: z.string().optional(),
	/** Whether the one who asks may take it back, or say what came of it. */
	mayCancel: z.boolean(),
	mayResolve: z.boolean(),
	createdAt: time,
	expiresAt: time,
	endedAt: time.optional(),
	outcome: z.string().optional(),
	decisions: z.array(DecisionView),
	execution: ExecutionView.optional(),
});

export const ApprovalPage = page(ApprovalView);

export const DecisionRequest = z.strictObject({
	verdict: z.enum(["approve", "deny"]),
	reason: z.string().max(2000).optional(),
	/** What was typed to approve a plan that asks for it: its one target's name, or how many targets it has. */
	confirmation: z.string().max(300).optional(),
});

export const ReasonRequest = z.strictObject({ reason: z.string().min(1).max(500) });
