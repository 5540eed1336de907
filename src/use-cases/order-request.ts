import type { Conversation } from "../domain/chat-event.ts";
import type { DeliveryOrder } from "../domain/delivery.ts";
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
	const place = placeOf(deps.platforms, conversation);
	const approval = await deps.store.approvals.get(approvalId);
	if (!place || !approval) return;
	const subject = approval.incidentId ? `incident:${approval.incidentId}` : `approval:${approvalId}`;
	await deps.store.deliveries.want([{ subject, ...place }]);
}

/** A conversation as something is shown in it; undefined where no platform speaks, as over HTTP. */
export function placeOf(
	platforms: readonly ChatPlatform[],
	conversation: Conversation,
): Pick<DeliveryOrder, "conversation" | "channel"> | undefined {
	const platform = platforms.find(({ name }) => name === conversation.platform);
	return platform && { conversation, channel: platform.channelOf(conversation).id };
}
