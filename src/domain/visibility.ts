import { hasRole, type Role } from "./actor.ts";
import type { Audience, Conversation } from "./chat-event.ts";

/** What is known of a target's secrecy: `undefined` where its route is not private. */
export type PrivateRoute = { readonly conversations: readonly Conversation[] } | undefined;

/**
 * Whether a target may be named to those who read an answer. Private ones may in the channels of their route, in the
 * console, which only people with a role read, and to a person with a role alone. Pure.
 */
export function mayBeNamed(route: PrivateRoute, role: Role, audience: Audience): boolean {
	if (route === undefined) return true;
	const { kind, channel } = audience;
	if (kind === "direct" || channel.platform === "web-console") return hasRole(role, "viewer");
	return route.conversations.some(({ platform, id }) => platform === channel.platform && id === channel.id);
}
