import type { Conversation } from "../domain/chat-event.ts";
import type { ChatPlatform } from "../ports/chat-platform.ts";
import type { Store } from "../ports/store.ts";

/**
 * Has a request shown where somebody asked for it, beside where its route has it shown: the card of its incident, or
 * one of its own. Nothing where no platform speaks, as over HTTP. Idempotent.
 */
export async function orderRequest(
	deps: { readonly store: Store; readonly platforms: readonly ChatPlatform[] },
	approvalId: string,
	conversation: Conversation,
): Promise<void> {
	const platform = deps.platforms.find(({ name }) => name === conversation.platform);
	const approval = await deps.store.approvals.get(approvalId);
	if (!platform || !approval) return;
	const subject = approval.incidentId ? `incident:${approval.incidentId}` : `approval:${approvalId}`;
	const channel = platform.channelOf(conversation).id;
	await deps.store.deliveries.want([{ subject, conversation, channel }]);
}
