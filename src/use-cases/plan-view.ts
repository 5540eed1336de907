import { type Approval, isPending } from "../domain/approval.ts";
import type { PlanView } from "../domain/chat-message.ts";
import { TARGETS_ON_A_CARD } from "../domain/confirmation.ts";
import { guardedSeconds } from "../domain/judge-help.ts";
import type { GuardSpec, Plan } from "../domain/plan.ts";
import { formatDuration } from "../domain/quantity.ts";
import { helpedIf, rangeText } from "../domain/verification.ts";
import { inertLine } from "./describe-alert.ts";
import { checksOf } from "./request-checks.ts";

const NAME_CHARACTERS = 40;
const GUARDS_SHOWN = 3;

const UNDOING: Readonly<Record<Plan["reversal"], string>> = {
	rollback: "can be taken back",
	"nothing-to-undo": "nothing to undo",
	irreversible: "can't be undone",
};

/** The plan as a card shows it. Pure. */
export function planView(approval: Approval): PlanView {
	const { plan, rule, preflight } = approval;
	const approved = approval.decisions.filter((decision) => decision.verdict === "approve").length;
	return {
		approvalId: approval.id,
		title: plan.title,
		summary: plan.summary,
		checks: checksOf(approval),
		risk: plan.risk,
		takes: `about ${formatDuration(plan.usualSeconds * 1000)}`,
		helpedIf: judgedBy(plan),
		otherwise: plan.otherwise,
		planHash: approval.planHash,
		approved,
		quorum: rule.quorum,
		...(isPending(approval.status) ? { expiresAtMs: approval.expiresAtMs } : {}),
		note: rule.selfApproval
			? `You may approve your own request here: the environment is ${plan.environment}.`
			: `Needs ${approversText(rule)}, not the one who asked.`,
		...(plan.region === undefined ? {} : { where: `${plan.region}, account ${plan.account}` }),
		undoing: UNDOING[plan.reversal],
		targets: {
			count: plan.targets.length,
			shown: plan.targets.slice(0, TARGETS_ON_A_CARD).map((target) => targetText(target, plan)),
			path: `/approvals/${approval.id}`,
		},
		...(preflight?.statement === undefined ? {} : { statement: preflight.statement }),
	};
}

/**
 * Why a place may not approve a plan of so many targets, in a sentence: where its card cuts the list, all of it must be
 * reachable at an address. Undefined where it may. Pure.
 */
export function listProblem(targets: number, consoleUrl: string | undefined): string | undefined {
	if (targets <= TARGETS_ON_A_CARD || consoleUrl !== undefined) return undefined;
	return `The list of ${targets} targets is too long for this card, and no public address leads to all of it. Approve it in the console, which shows it whole.`;
}

/** `web-1`, or with the id by which AWS knows it. */
function targetText({ name, id }: Plan["targets"][number], { region }: Pick<Plan, "region">): string {
	const shown = inertLine(name, NAME_CHARACTERS);
	const tail = inertLine(id.slice(Math.max(id.lastIndexOf(":"), id.lastIndexOf("/")) + 1), NAME_CHARACTERS);
	return region === undefined || tail === shown ? shown : `${shown} (${tail})`;
}

/** What must come true, and what must not happen meanwhile. */
function judgedBy({ verification, guards, account, doneIf }: Plan): string {
	const seconds = guardedSeconds(guards);
	const none = doneIf ?? (account === "local" ? "its process runs again" : "AWS says that it is done");
	const first = verification ? helpedIf(verification) : `${none}; it has no metrics to check`;
	if (guards.length === 0) return first;
	const span = verification ? "" : ` for ${formatDuration(seconds * 1000)}`;
	return `${first}; watched meanwhile${span}: ${guardsText(guards)}`;
}

/** `error rate at most 2 %, healthy targets at least 2`. */
function guardsText(guards: readonly GuardSpec[]): string {
	const shown = guards.slice(0, GUARDS_SHOWN).map((guard) => {
		const range = rangeText(guard);
		return `${guard.metric} ${range.startsWith("at ") ? range : `within ${range}`}`;
	});
	const left = guards.length - shown.length;
	return [...shown, ...(left > 0 ? [`and ${left} more`] : [])].join(", ");
}

/** `1 admin or operator`, `2 operators`. */
function approversText({ quorum, approveRoles }: Approval["rule"]): string {
	return `${quorum} ${approveRoles.map((role) => (quorum === 1 ? role : `${role}s`)).join(" or ")}`;
}
