import { type Actor, actorId, actorName, hasRole, type Person } from "../domain/actor.ts";
import { type Approval, canMove, isPending, requesterPersonId } from "../domain/approval.ts";
import { AppError } from "../domain/errors.ts";
import { standingText } from "../domain/judge-decision.ts";
import { isoTimes } from "../domain/time-text.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { Store, Stores } from "../ports/store.ts";
import { actingPerson } from "./acting-person.ts";
import { expireOne } from "./decide-approval.ts";
import { inertLine } from "./describe-alert.ts";
import { nameLine, reasonLine } from "./reason-line.ts";

export type CancelApprovalDeps = { readonly store: Store; readonly jobs: Pick<JobQueue, "nudge"> };

export type CancelInput = {
	readonly approvalId: string;
	readonly reason?: string;
	/** Why the platform's own account of this person may not act: then nothing is judged, and it is audited. */
	readonly barred?: string;
};

/** Whether a person may take a request back: who asked, or an admin. */
export function mayCancel(approval: Pick<Approval, "requester">, person: Person): boolean {
	return hasRole(person.role, "admin") || requesterPersonId(approval) === person.id;
}

type Outcome = { readonly approval: Approval } | { readonly refused: AppError };

/**
 * Takes a request back, until it runs: pending or approved. Of a cancellation and a run that meet one wins, by the
 * row's lock. Audited with its refusals.
 * @throws AppError `not_found`, `forbidden`, `gone` (expired) and `conflict` (too late), both with `extra.state`
 */
export async function cancelApproval(
	deps: CancelApprovalDeps,
	actor: Actor,
	{ approvalId, ...input }: CancelInput,
): Promise<Approval> {
	const outcome = await deps.store.transaction(async (stores): Promise<Outcome> => {
		const approval = await stores.approvals.getForUpdate(approvalId);
		if (!approval) return { refused: new AppError("not_found", `There is no request ${approvalId}.`) };
		const person = await actingPerson(stores, actor);
		const refuse = async (
			code: "conflict" | "forbidden" | "gone",
			reason: string,
			state = approval.status,
		) => {
			await recordRefusal(stores, approval, actor, reason);
			return {
				refused: new AppError(code, `Not cancelled: ${reason} Nothing changed.`, { extra: { state } }),
			};
		};
		if (input.barred !== undefined) return refuse("forbidden", input.barred);
		if (!mayCancel(approval, person))
			return refuse("forbidden", "Only the person who asked, or an admin, can take a request back.");
		if (!canMove(approval.status, "cancelled")) return refuse("conflict", standingText(approval, person.id));
		const nowMs = await stores.now();
		if (isPending(approval.status) && nowMs >= approval.expiresAtMs) {
			await expireOne(stores, approval, nowMs);
			return refuse("gone", "This request has expired.", "expired");
		}
		await cancel(stores, approval, actor, person, reasonLine(input.reason), nowMs);
		return { approval: (await stores.approvals.get(approval.id)) ?? approval };
	});
	if ("refused" in outcome) throw outcome.refused;
	deps.jobs.nudge("publish-approval");
	return outcome.approval;
}

async function cancel(
	stores: Stores,
	approval: Approval,
	actor: Actor,
	person: Person,
	reason: string | undefined,
	nowMs: number,
): Promise<void> {
	const why = reason === undefined ? "" : ` Reason: ${reason.replace(/\.$/, "")}.`;
	const outcome = `Cancelled by ${nameLine(person)}; nothing was changed.${why}`;
	if (
		!(await stores.approvals.move(approval.id, approval.status, "cancelled", { outcome, endedAtMs: nowMs }))
	)
		throw new AppError("conflict", "Something happened to it at the same moment; look at the request again.");
	await stores.audit.append({
		action: "approval.cancelled",
		actorId: actorId(actor),
		actorName: actorName(actor),
		subject: `approval:${approval.id}`,
		summary: `${person.name} cancelled ${approval.plan.title}`,
		data: { from: approval.status, reason: reason ?? null, planHash: approval.planHash },
	});
	await stores.enqueue("publish-approval", { approvalId: approval.id });
	await stores.announce({ kind: "approval", id: approval.id });
}

async function recordRefusal(
	stores: Stores,
	approval: Approval,
	actor: Actor,
	reason: string,
): Promise<void> {
	await stores.audit.append({
		action: "approval.cancel_refused",
		actorId: actorId(actor),
		actorName: actorName(actor),
		subject: `approval:${approval.id}`,
		summary: `Not cancelled: ${inertLine(isoTimes(reason), 500)}`,
		data: { status: approval.status },
	});
}
