import type { Chart } from "../domain/chart.ts";
import { type ChatMessage, chatMessage, type Fact } from "../domain/chat-message.ts";
import { formatQuantity } from "../domain/quantity.ts";
import { timeToken } from "../domain/time-text.ts";
import { rangeText } from "../domain/verification.ts";
import { loopOf, type Request, requestState } from "./incident-state.ts";
import { planView } from "./plan-view.ts";
import { guardFacts, requestButtons, requestFooter, requestTexts } from "./request-parts.ts";

/** The card of a request that belongs to no incident, as it is at `nowMs`. Pure. */
export function approvalMessage(request: Request, nowMs: number, chart?: Chart): ChatMessage {
	const { approval } = request;
	const texts = requestTexts(request, nowMs);
	return chatMessage({
		title: titleOf(request),
		state: requestState(approval, nowMs),
		subject: { id: approval.id, path: `/approvals/${approval.id}` },
		sinceMs: approval.createdAtMs,
		facts: factsOf(request),
		...(chart ? { chart } : {}),
		text: texts.length > 0 ? texts.join("\n") : approval.plan.summary,
		plan: planView(approval),
		buttons: requestButtons(approval),
		loop: loopOf(undefined, request),
		footer: requestFooter(approval, 0),
	});
}

/** What was asked for; once it was taken back, why. */
function titleOf({ approval, execution }: Request): string {
	const { title } = approval.plan;
	const how = execution?.verification?.verdict === "worse" ? "made it worse" : "did not help";
	if (approval.status === "rolled_back") return `${title}: ${how}`;
	return approval.status === "rollback_failed" ? `${title}: could not be taken back` : title;
}

/** The metric before and after the change, and the guard that it moved out of its band. */
function factsOf(request: Request): Fact[] {
	const { approval, execution } = request;
	const spec = approval.plan.verification;
	if (execution?.status !== "called") return [];
	if (!spec) return guardFacts(request);
	const value = (v: number) => formatQuantity(v, spec.unit);
	const before = execution.before?.value;
	const after = execution.verification?.lastValue;
	const expected = `expected ${rangeText(spec)}`;
	return [
		...(before === undefined
			? []
			: [{ label: "Before", value: value(before), note: `at ${timeToken(execution.intendedAtMs)}` }]),
		...(after === undefined ? [] : [{ label: "After", value: value(after), note: expected }]),
		...nothingFacts(request),
		...guardFacts(request),
	];
}

/** What doing nothing would have led to, where the check compared with it. */
function nothingFacts({ approval, execution }: Request): Fact[] {
	const compared = execution?.verification?.doNothing;
	const spec = approval.plan.verification;
	if (!compared || !spec) return [];
	const note = compared.compared === "same" ? "about the same" : `the change made it ${compared.compared}`;
	return [{ label: "If nothing had been done", value: formatQuantity(compared.value, spec.unit), note }];
}
