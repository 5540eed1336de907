import { type Actor, actorId, actorName, personOf } from "../domain/actor.ts";
import { type Approval, isPending } from "../domain/approval.ts";
import { judgeConfirmation } from "../domain/confirmation.ts";
import { AppError, type ErrorCode } from "../domain/errors.ts";
import { judgeDecision, type RefusalReason } from "../domain/judge-decision.ts";
import { isoTimes } from "../domain/time-text.ts";
import type { ApprovalRules } from "../ports/approval-rules.ts";
import type { EffectHolds } from "../ports/effect-holds.ts";
import type { Failpoint } from "../ports/failpoint.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { Store, Stores } from "../ports/store.ts";
import { readSurroundings } from "./decision-surroundings.ts";

export type DecideApprovalDeps = {
	readonly store: Store;
	readonly jobs: Pick<JobQueue, "nudge">;
	readonly rules: ApprovalRules;
	readonly holds: EffectHolds;
	readonly failpoint: Failpoint;
};

export type DecisionInput = {
	readonly approvalId: string;
	readonly verdict: "approve" | "deny";
	readonly reason?: string;
	/** What was typed to approve a plan that asks for it; see `wordToType`. */
	readonly confirmation?: string;
	/** Why the platform's own account of this person may not decide: then nothing is judged, and it is audited. */
	readonly barred?: string;
};

/** Why a press does not count. */
type Refusal = { readonly why: RefusalReason | "unconfirmed"; readonly reason: string };

type Outcome = { readonly approval: Approval } | { readonly refused: AppError };

/**
 * One press of Approve or Deny. The decision, the audit record and the job that runs the plan are one transaction;
 * refusals are audited too. Roles, policy, freezes and the deadline are read at this moment from the store.
 * @throws AppError `not_found`, `forbidden`, `invalid` (not confirmed as the plan asks for), `gone` (expired) and
 * `conflict` (already decided, frozen, within cooldown, outside of the allowed times, still being checked), the last
 * with `extra.state`
 */
export async function decideApproval(
	deps: DecideApprovalDeps,
	actor: Actor,
	input: DecisionInput,
): Promise<Approval> {
	const who = personOf(actor);
	if (!who) throw new AppError("forbidden", "Only a person can decide; nothing changed.");
	deps.failpoint("decision-verified");
	const outcome = await deps.store.transaction(async (stores): Promise<Outcome> => {
		// Of two quick approvals of one target the second must see the first; taken before the row, as the executor does.
		if (input.verdict === "approve") await stores.lockEffects();
		const approval = await stores.approvals.getForUpdate(input.approvalId);
		if (!approval) return { refused: new AppError("not_found", `There is no request ${input.approvalId}.`) };
		if (input.barred !== undefined) {
			await recordRefusal(stores, approval, actor, input, { why: "barred", reason: input.barred });
			return { refused: new AppError("forbidden", `Not counted: ${input.barred} Nothing changed.`) };
		}
		const person = await stores.people.byId(who.id);
		if (!person) {
			await recordRefusal(stores, approval, actor, input, {
				why: "forbidden",
				reason: "The person is not known here any more.",
			});
			return { refused: new AppError("forbidden", "You are not known here any more; nothing changed.") };
		}
		const nowMs = await stores.now();
		const rule = await deps.rules.ruleFor(stores, approval.plan);
		const around = await readSurroundings({ stores, holds: deps.holds }, approval.plan, rule, nowMs);
		const effect = judgeDecision(approval, rule, { person, verdict: input.verdict }, nowMs, around);
		if (effect.kind === "refused")
			return { refused: await refuse(stores, approval, actor, input, effect, nowMs) };
		const confirmed = judgeConfirmation(approval.plan, input);
		if (input.verdict === "approve" && !confirmed.allowed) {
			const refusal = { why: "unconfirmed", reason: confirmed.reason } as const;
			return { refused: await refuse(stores, approval, actor, input, refusal, nowMs) };
		}
		await stores.approvals.addDecision(approval.id, {
			person,
			verdict: input.verdict,
			...(input.reason ? { reason: input.reason } : {}),
			atMs: nowMs,
		});
		const end =
			effect.to === "denied"
				? { outcome: `Denied by ${person.name}; nothing was changed.`, endedAtMs: nowMs }
				: undefined;
		if (!(await stores.approvals.move(approval.id, approval.status, effect.to, end)))
			throw new AppError("conflict", "Somebody decided at the same moment; look at the request again.");
		await stores.audit.append({
			action: "approval.decided",
			actorId: actorId(actor),
			actorName: actorName(actor),
			subject: `approval:${approval.id}`,
			summary: `${person.name} ${input.verdict === "approve" ? "approved" : "denied"} ${approval.plan.title}`,
			data: {
				verdict: input.verdict,
				reason: input.reason ?? null,
				planHash: approval.planHash,
				status: effect.to,
			},
		});
		if (effect.to === "approved") await stores.enqueue("execute-approval", { approvalId: approval.id });
		await stores.enqueue("publish-approval", { approvalId: approval.id });
		await stores.announce({ kind: "approval", id: approval.id });
		return { approval: (await stores.approvals.get(approval.id)) ?? approval };
	});
	if ("refused" in outcome) throw outcome.refused;
	deps.failpoint("decision-committed");
	deps.jobs.nudge("execute-approval");
	deps.jobs.nudge("publish-approval");
	return outcome.approval;
}

async function refuse(
	stores: Stores,
	approval: Approval,
	actor: Actor,
	input: DecisionInput,
	refusal: Refusal,
	nowMs: number,
): Promise<AppError> {
	let state = approval.status;
	if (refusal.why === "expired" && isPending(approval.status)) {
		await expireOne(stores, approval, nowMs);
		state = "expired";
	}
	await recordRefusal(stores, approval, actor, input, refusal);
	return new AppError(CODES[refusal.why], `Not counted: ${refusal.reason} Nothing changed.`, {
		extra: { state },
	});
}

const CODES: Readonly<Record<Refusal["why"], ErrorCode>> = {
	expired: "gone",
	forbidden: "forbidden",
	already_decided: "conflict",
	repeated: "conflict",
	unchecked: "conflict",
	held: "conflict",
	out_of_hours: "conflict",
	unconfirmed: "invalid",
};

async function recordRefusal(
	stores: Stores,
	approval: Approval,
	actor: Actor,
	input: DecisionInput,
	refusal: { readonly why: string; readonly reason: string },
): Promise<void> {
	await stores.audit.append({
		action: "approval.decision_refused",
		actorId: actorId(actor),
		actorName: actorName(actor),
		subject: `approval:${approval.id}`,
		summary: `Not counted: ${isoTimes(refusal.reason)}`,
		data: { verdict: input.verdict, why: refusal.why },
	});
}

/** Ends one pending request whose time is over. */
export async function expireOne(stores: Stores, approval: Approval, nowMs: number): Promise<void> {
	const outcome = "It expired before enough people decided; nothing was changed.";
	if (!(await stores.approvals.move(approval.id, approval.status, "expired", { outcome, endedAtMs: nowMs })))
		return;
	await stores.audit.append({
		action: "approval.expired",
		actorId: "system:clock",
		actorName: "clock",
		subject: `approval:${approval.id}`,
		summary: outcome,
		data: { expiresAtMs: approval.expiresAtMs },
	});
	await stores.enqueue("publish-approval", { approvalId: approval.id });
	await stores.announce({ kind: "approval", id: approval.id });
}
