import { type Actor, actorId, actorName, hasRole, type Person } from "../domain/actor.ts";
import type { Approval } from "../domain/approval.ts";
import { type ApprovalPolicyRule, mayDecide } from "../domain/approval-policy.ts";
import { AppError } from "../domain/errors.ts";
import { standingText } from "../domain/judge-decision.ts";
import { isoTimes } from "../domain/time-text.ts";
import type { ApprovalRules } from "../ports/approval-rules.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { Store, Stores } from "../ports/store.ts";
import { actingPerson } from "./acting-person.ts";
import { nameLine, requiredReason } from "./reason-line.ts";

export type ResolveUnknownDeps = {
	readonly store: Store;
	readonly jobs: Pick<JobQueue, "nudge">;
	readonly rules: ApprovalRules;
};

export type ResolveInput = {
	readonly approvalId: string;
	/** What the person saw: the change took effect, or it did not. */
	readonly happened: "succeeded" | "failed";
	readonly reason: string;
};

/** Whether a person may say what happened: an admin, or who may decide on such plans, the one who asked among them. */
export function mayResolve(rule: ApprovalPolicyRule | undefined, person: Person): boolean {
	return hasRole(person.role, "admin") || mayDecide(rule, person, undefined).allowed;
}

type Outcome = { readonly approval: Approval } | { readonly refused: AppError };

/**
 * Ends a request of unknown outcome by a person's word. Nothing is sent again. Audited with its refusals; of two who
 * say it at once, the second is told who was first.
 * @throws AppError `not_found`, `forbidden`, `invalid` (no reason), `conflict` (not of unknown outcome, `extra.state`)
 */
export async function resolveUnknown(
	deps: ResolveUnknownDeps,
	actor: Actor,
	{ approvalId, happened, reason }: ResolveInput,
): Promise<Approval> {
	const why = requiredReason(reason, "Saying what happened");
	const outcome = await deps.store.transaction(async (stores): Promise<Outcome> => {
		const approval = await stores.approvals.getForUpdate(approvalId);
		if (!approval) return { refused: new AppError("not_found", `There is no request ${approvalId}.`) };
		const person = await actingPerson(stores, actor);
		const { status } = approval;
		const rule = await deps.rules.ruleFor(stores, approval.plan);
		const problem = !mayResolve(rule, person)
			? {
					code: "forbidden" as const,
					reason: "Only an admin, or who may decide on it, can say what happened.",
				}
			: status !== "unknown"
				? { code: "conflict" as const, reason: await whoWasFirst(stores, approval, person.id) }
				: undefined;
		if (problem) {
			await record(stores, approval, actor, "resolve_refused", `Not kept: ${isoTimes(problem.reason)}`, {
				happened,
			});
			const message = `Not kept: ${problem.reason} Nothing changed.`;
			return { refused: new AppError(problem.code, message, { extra: { state: status } }) };
		}
		const words = happened === "succeeded" ? "it took effect" : "it did not take effect";
		const text = `${nameLine(person)} looked and says: ${words}. ${why.replace(/\.$/, "")}.`;
		const end = { outcome: text, endedAtMs: await stores.now() };
		if (!(await stores.approvals.move(approval.id, "unknown", happened, end)))
			throw new AppError("conflict", "Somebody said it at the same moment; look at the request again.");
		const summary = `${person.name} says of ${approval.plan.title}: ${words}`;
		await record(stores, approval, actor, "resolved", summary, { happened, reason: why });
		await stores.enqueue("publish-approval", { approvalId });
		await stores.announce({ kind: "approval", id: approvalId });
		return { approval: (await stores.approvals.get(approvalId)) ?? approval };
	});
	if ("refused" in outcome) throw outcome.refused;
	deps.jobs.nudge("publish-approval");
	return outcome.approval;
}

/** Of a request that somebody else resolved, their words; else how it stands. */
async function whoWasFirst({ audit }: Stores, approval: Approval, readerId: string): Promise<string> {
	const { items } = await audit.list({ subject: `approval:${approval.id}` }, { limit: 20 });
	const resolved = items.find((item) => item.action === "approval.resolved");
	if (!resolved || approval.outcome === undefined) return standingText(approval, readerId);
	return `It is no longer of unknown outcome: ${approval.outcome}`;
}

async function record(
	stores: Stores,
	approval: Approval,
	actor: Actor,
	what: "resolved" | "resolve_refused",
	summary: string,
	data: Readonly<Record<string, string>>,
): Promise<void> {
	await stores.audit.append({
		action: `approval.${what}`,
		actorId: actorId(actor),
		actorName: actorName(actor),
		subject: `approval:${approval.id}`,
		summary,
		data: { ...data, planHash: approval.planHash },
	});
}
