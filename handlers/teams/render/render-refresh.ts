import type { ChatMessage } from "../../../src/domain/chat-message.ts";
import { LIMITS } from "../limits.ts";
import { execute, VERBS } from "./render-actions.ts";
import type { Card } from "./render-element.ts";

/**
 * Has the clients of the named people ask for a card of their own. Nothing without people or subject: a card that
 * everybody asks for anew costs a request for each look at it.
 */
export function renderRefresh(
	{ subject }: ChatMessage,
	options: { readonly refreshUserIds?: readonly string[] },
): Pick<Card, "refresh"> {
	const userIds = [...new Set((options.refreshUserIds ?? []).map(clientId))].slice(0, LIMITS.refreshUsers);
	if (!subject || userIds.length === 0) return {};
	const verb = subject.path.startsWith("/approvals/") ? VERBS.refreshApproval : VERBS.refreshIncident;
	return { refresh: { action: execute("Refresh", verb, { subject: subject.id }), userIds } };
}

/** The id by which clients know a person: of a member of an organisation, the directory's id in Teams' own form. */
function clientId(userId: string): string {
	return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(userId) ? `8:orgid:${userId}` : userId;
}
