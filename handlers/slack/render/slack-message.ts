import type { types } from "@slack/bolt";

export type KnownBlock = types.KnownBlock;
export type ModalView = types.ModalView;

/** One message as Slack takes it. `text` is what notifications and screen readers get. Sent with `UNFURL`, always. */
export type SlackMessage = { readonly text: string; readonly blocks: KnownBlock[] };

/** No address in a message is ever fetched by Slack for a preview. */
export const UNFURL = { unfurl_links: false, unfurl_media: false } as const;

/**
 * The ids of what people press. Slack wants them different within a row, so equal ones are numbered: `say`, `say.2`;
 * `actionName` gives the name back.
 */
export const ACTIONS = {
	/** `value` is the approval's id and nothing else. */
	approve: "approval.approve",
	deny: "approval.deny",
	/** `value` is the incident's id. */
	evidence: "incident.evidence",
	/** `value` is the text that is said as the person who presses. */
	say: "say",
	/** An address of the console; nothing to do but acknowledge. */
	open: "open",
} as const;

/** The name of a pressed button: its action id without the number that makes it unique. */
export function actionName(actionId: string): string {
	return actionId.replace(/\.\d+$/, "");
}
