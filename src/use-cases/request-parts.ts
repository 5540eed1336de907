import { type Approval, isPending } from "../domain/approval.ts";
import type { Button, Fact } from "../domain/chat-message.ts";
import { formatQuantity } from "../domain/quantity.ts";
import { sentenceCase } from "../domain/sentence-case.ts";
import { timeToken } from "../domain/time-text.ts";
import { bandText, rangeText } from "../domain/verification.ts";
import { approvedBy } from "./approved-by.ts";
import { askAgain } from "./ask-again.ts";
import type { Request } from "./incident-state.ts";
import { checksText, isChecking } from "./request-checks.ts";

const MAY_ASK_AGAIN: readonly Approval["status"][] = ["expired", "failed", "denied", "cancelled"];

/** What can be pressed: to decide, once all was checked; to ask again, where nothing came of it. Pure. */
export function requestButtons(approval: Approval): Button[] {
	if (isChecking(approval)) return [];
	if (isPending(approval.status)) {
		const verb = approval.plan.title.split(" ")[0]?.toLowerCase() ?? "it";
		return [
			{ action: "approve", label: `Approve ${verb}`, approvalId: approval.id },
			{ action: "deny", label: "Deny", approvalId: approval.id },
		];
	}
	if (!MAY_ASK_AGAIN.includes(approval.status)) return [];
	return [{ action: "say", label: "Ask again", text: askAgain(approval) }];
}

/** What a card says of its request, a line each: how it ended or what it waits for, who decided, and why. Pure. */
export function requestTexts(request: Request, nowMs: number): readonly string[] {
	const { approval } = request;
	const reasons = approval.decisions.flatMap(({ person, verdict, reason }) =>
		reason ? [`${person.name} on why they ${verdict === "approve" ? "approved" : "denied"}: ${reason}`] : [],
	);
	const lines = [
		approval.outcome ?? (approval.status === "verifying" ? verifyingText(request) : undefined),
		checksText(approval, nowMs),
		approvedBy(approval),
	];
	return [...lines.filter((line) => line !== undefined), ...reasons];
}

/** What a check in progress says: value, band and how long it must hold; else what the guards wait for. */
function verifyingText({ approval, execution }: Request): string | undefined {
	const spec = approval.plan.verification;
	const seen = execution?.verification;
	if (!spec || !seen) return undefined;
	const outside = seen.guards?.find(({ state }) => state === "outside");
	const so = `so far ${Math.round(seen.insideForSeconds)} s`;
	const first = `Checking: ${spec.metric} must be ${bandText(spec)} for ${spec.holdSeconds} s, ${so}`;
	return outside ? `${first}; ${outside.reason}.` : `${first}.`;
}

/** The guard that left its band because of the change, as a number of its card. Pure. */
export function guardFacts({ approval, execution }: Request): Fact[] {
	const worse = execution?.verification?.guards?.find(({ state }) => state === "worse");
	const guard = worse && approval.plan.guards.find(({ metric }) => metric === worse.metric);
	if (!guard || worse?.lastValue === undefined) return [];
	const label = sentenceCase(guard.metric);
	return [{ label, value: formatQuantity(worse.lastValue, guard.unit), note: `allowed ${rangeText(guard)}` }];
}

/** Until when a request waits, its hash, and how many queries its card stands on. Pure. */
export function requestFooter(approval: Approval | undefined, queries: number): string[] {
	const lines: string[] = [];
	if (approval && isPending(approval.status)) lines.push(`Expires ${timeToken(approval.expiresAtMs)}`);
	if (approval) lines.push(`plan ${approval.planHash.slice(0, 4)} ${approval.planHash.slice(4, 8)}`);
	if (queries > 0) lines.push(`${queries} ${queries === 1 ? "query" : "queries"}`);
	lines.push("without a language model");
	return lines;
}
