import type { Actor } from "../../domain/actor.ts";
import type { Approval } from "../../domain/approval.ts";
import { type ChatMessage, chatMessage } from "../../domain/chat-message.ts";
import { timeToken } from "../../domain/time-text.ts";
import { unknownOutcomeText } from "../../domain/unknown-outcome.ts";
import { type HiddenTargets, isAnyHidden } from "../../domain/visibility.ts";
import type { ApprovalRules } from "../../ports/approval-rules.ts";
import type { JobQueue } from "../../ports/job-queue.ts";
import type { Store } from "../../ports/store.ts";
import { cancelApproval } from "../cancel-approval.ts";
import { resolveUnknown } from "../resolve-unknown.ts";
import type { Command, Spot } from "./command.ts";

const ROWS = 10;

export type ApprovalsDeps = {
	readonly store: Store;
	readonly jobs: Pick<JobQueue, "nudge">;
	readonly rules: ApprovalRules;
	/** Targets that may not be named to this person where others read along. */
	hiddenTargets(actor: Actor, audience: Spot["audience"]): Promise<HiddenTargets | undefined>;
};

/** What waits for a decision, or for a word on what happened; taking a request back; saying what came of one whose outcome is not known. */
export const approvals: Command<ApprovalsDeps> = {
	words: ["approvals", "approval", "cancel", "resolve"],
	does: "shows what waits for a decision; takes a request back, or says what came of it",
	reserved: true,
	forms: [
		{
			usage: "approvals",
			does: "shows what has an unknown outcome, and what waits for a decision, the first to expire first",
			role: "viewer",
			pattern: /^approvals?$/i,
			run: async (deps, { actor, spot }) =>
				pendingMessage(
					await unresolved(deps.store),
					await pending(deps.store),
					await deps.hiddenTargets(actor, spot.audience),
				),
		},
		{
			usage: "cancel A-3 [reason]",
			does: "takes a request back that you made, until it runs; an admin any",
			role: "viewer",
			changes: true,
			pattern: /^cancel\s+(A-\d{1,12})(?:\s+([\s\S]+))?$/i,
			run: async (deps, { actor, match }) => {
				const [, id = "", reason] = match;
				const { plan } = await cancelApproval(deps, actor, {
					approvalId: id.toUpperCase(),
					...(reason === undefined ? {} : { reason }),
				});
				const text = `${id.toUpperCase()}, ${plan.title}, is cancelled by you; nothing was changed.`;
				return chatMessage({ state: { kind: "cancelled", text: "Cancelled" }, text });
			},
		},
		{
			usage: "resolve A-3 succeeded|failed <reason>",
			does: "says what came of a request whose outcome is not known",
			role: "operator",
			pattern: /^resolve\s+(A-\d{1,12})\s+(succeeded|failed)\s+([\s\S]+)$/i,
			run: async (deps, { actor, match }) => {
				const [, id = "", word = "", reason = ""] = match;
				const happened = word.toLowerCase() === "succeeded" ? "succeeded" : "failed";
				const { plan } = await resolveUnknown(deps, actor, {
					approvalId: id.toUpperCase(),
					happened,
					reason,
				});
				return chatMessage({ text: `${id.toUpperCase()}, ${plan.title}, ends as ${happened} by your word.` });
			},
		},
	],
};

async function pending(store: Store): Promise<readonly Approval[]> {
	const { items } = await store.approvals.list({ status: ["proposed", "partly_approved"] }, { limit: 200 });
	return items.toSorted((a, b) => a.expiresAtMs - b.expiresAtMs);
}

async function unresolved(store: Store): Promise<readonly Approval[]> {
	const { items } = await store.approvals.list({ status: ["unknown"] }, { limit: 200 });
	return items.toSorted((a, b) => a.createdAtMs - b.createdAtMs);
}

/** Those of unknown outcome come first: they are over for everybody but the one who looks. Pure. */
function pendingMessage(
	unknown: readonly Approval[],
	waiting: readonly Approval[],
	hidden: HiddenTargets | undefined,
): ChatMessage {
	const all = [...unknown, ...waiting];
	const shown = all.filter(({ plan }) => !isAnyHidden(hidden, plan.targets));
	const lost = shown.filter(({ status }) => status === "unknown");
	const waits = waitsText(shown.length - lost.length);
	const more = shown.length - ROWS;
	const kept = all.length > shown.length ? ["Targets of private routes are not listed here"] : [];
	if (shown.length === 0) return chatMessage({ text: "Nothing waits for a decision.", footer: kept });
	return chatMessage({
		text: [unknownOutcomeText(lost), waits].filter((part) => part !== "").join(" "),
		table: {
			columns: [
				{ title: "Request", align: "left" },
				{ title: "What", align: "left" },
				{ title: "Approved", align: "right" },
				{ title: "Expires", align: "left" },
			],
			rows: shown
				.slice(0, ROWS)
				.map((approval) => [
					approval.id,
					`${approval.plan.title}, ${approval.plan.environment}, ${approval.plan.risk} risk`,
					stateText(approval),
					approval.status === "unknown" ? "say what happened" : timeToken(approval.expiresAtMs),
				]),
		},
		footer: [...(more > 0 ? [`and ${more} ${more === 1 ? "other" : "others"}`] : []), ...kept],
	});
}

function waitsText(count: number): string {
	if (count === 0) return "Nothing waits for a decision.";
	return count === 1 ? "1 request waits for a decision." : `${count} requests wait for a decision.`;
}

function stateText(approval: Approval): string {
	if (approval.status === "unknown") return "outcome unknown";
	return approval.preflight?.state === "pending" ? "being checked" : approvedText(approval);
}

function approvedText({ decisions, rule }: Approval): string {
	const approvers = decisions.filter(({ verdict }) => verdict === "approve").map(({ person }) => person.id);
	return `${new Set(approvers).size} of ${rule.quorum}`;
}
