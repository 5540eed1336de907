import type { Conversation } from "../../../src/domain/chat-event.ts";
import { inertText } from "../../../src/domain/inert-text.ts";
import { fitLine } from "../render/escape-text.ts";
import type { ModalView } from "../render/slack-message.ts";

/** What a reason must be, in characters. */
export const REASON = { minimumCharacters: 3, maximumCharacters: 500 } as const;

/** The form in which people say why. */
export const REASON_FORM = { callbackId: "decision.reason", blockId: "reason", actionId: "reason" } as const;

/** Which decision a reason belongs to. `required`: the decision waits for it; else it was made already. */
export type ReasonRequest = {
	readonly approvalId: string;
	/** What the plan is called, such as "Restart checkout". */
	readonly title: string;
	readonly verdict: "approve" | "deny";
	readonly required: boolean;
	readonly conversation: Conversation;
};

/**
 * The form for a reason. What it carries along, as JSON in `private_metadata`, is `{approvalId, verdict, required,
 * conversation}`: it says where the reason goes, never what may be decided. Pure.
 */
export function renderReasonModal(request: ReasonRequest): ModalView {
	const { title, verdict, required, ...where } = request;
	const doing = verdict === "approve" ? "approving" : "denying";
	const plain = (text: string) => ({ type: "plain_text", text, emoji: false }) as const;
	const submit = verdict === "approve" ? "Approve" : "Deny";
	return {
		type: "modal",
		callback_id: REASON_FORM.callbackId,
		private_metadata: JSON.stringify({ ...where, verdict, required }),
		title: plain(`Reason for ${doing}`),
		submit: plain(required ? submit : "Keep reason"),
		close: plain("Close"),
		blocks: [
			{ type: "section", block_id: "what", text: plain(fitLine(inertText(title), 300) || "The plan") },
			{
				type: "input",
				block_id: REASON_FORM.blockId,
				label: plain(required ? "Why" : "Why, if you want to say"),
				hint: plain("It is kept in the audit and shown with the request."),
				element: {
					type: "plain_text_input",
					action_id: REASON_FORM.actionId,
					multiline: true,
					min_length: REASON.minimumCharacters,
					max_length: REASON.maximumCharacters,
				},
			},
		],
	};
}
