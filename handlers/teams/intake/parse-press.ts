import { z } from "zod";
import { REASON_VERBS } from "../render/reason-card.ts";
import { VERBS } from "../render/render-actions.ts";
import type { Activity } from "./read-activity.ts";

/** What somebody pressed on a card, or what an opened card asks for. */
export type Press =
	| { readonly kind: "view"; readonly subject: string | undefined }
	| {
			readonly kind: "decide";
			readonly approvalId: string;
			readonly verdict: "approve" | "deny";
			/** What was typed where a reason was asked for first. */
			readonly confirmed?: { readonly reason: string; readonly typed: string };
	  }
	| { readonly kind: "reason"; readonly approvalId: string; readonly reason: string }
	| { readonly kind: "say"; readonly text: string };

const ApprovalId = z.string().regex(/^A-\d{1,12}$/);
const typedText = z.string().max(2000).default("");
const Decision = z.object({ approvalId: ApprovalId });
const Reason = z.object({ approvalId: ApprovalId, reason: typedText });
const Confirmation = Reason.extend({ typed: typedText });
const Said = z.object({ text: z.string().trim().min(1).max(2000) });
const View = z.object({ subject: z.string().max(60).optional() });
const InvokeValue = z.object({
	action: z.object({ type: z.literal("Action.Execute"), verb: z.string(), data: z.unknown() }),
});

/**
 * Reads an `adaptiveCard/action`: only a name and an id count, everything else is looked up. Undefined for what none of
 * our cards sends. Pure.
 */
export function parsePress({ value }: Activity): Press | undefined {
	const invoke = InvokeValue.safeParse(value);
	if (!invoke.success) return undefined;
	const { verb, data = {} } = invoke.data.action;
	switch (verb) {
		case VERBS.refreshIncident:
		case VERBS.refreshApproval: {
			const view = View.safeParse(data);
			const kind = verb === VERBS.refreshIncident ? "incident" : "approval";
			return view.success
				? { kind: "view", subject: view.data.subject && `${kind}:${view.data.subject}` }
				: undefined;
		}
		case VERBS.approve:
		case VERBS.deny: {
			const decision = Decision.safeParse(data);
			const verdict = verb === VERBS.approve ? "approve" : "deny";
			return decision.success ? { kind: "decide", ...decision.data, verdict } : undefined;
		}
		case REASON_VERBS.confirm: {
			const confirmation = Confirmation.safeParse(data);
			if (!confirmation.success) return undefined;
			const { approvalId, reason, typed } = confirmation.data;
			const confirmed = { reason: reason.trim(), typed: typed.trim() };
			return { kind: "decide", approvalId, verdict: "approve", confirmed };
		}
		case REASON_VERBS.explain: {
			const reason = Reason.safeParse(data);
			return reason.success ? { kind: "reason", ...reason.data } : undefined;
		}
		case VERBS.say: {
			const said = Said.safeParse(data);
			return said.success ? { kind: "say", text: said.data.text } : undefined;
		}
		default:
			return undefined;
	}
}
