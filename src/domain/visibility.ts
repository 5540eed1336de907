import { hasRole, type Role } from "./actor.ts";
import type { Audience } from "./chat-event.ts";
import { fitsPattern, type Route, type Routing, resolveChannel, sameConversation } from "./routing.ts";
import { type NamedTarget, targetNames } from "./target-names.ts";

/** Targets that may not be named to those who read an answer. */
export type HiddenTargets = Pick<ReadonlySet<string>, "has">;

/**
 * The targets to keep from those who read an answer: those of private routes. People with a role are told of them in
 * the route's own channels, in the console and where they alone read; guests nowhere. Undefined: none. Pure.
 */
export function hiddenFrom(routing: Routing, role: Role, audience: Audience): HiddenTargets | undefined {
	if (routing.routes.every((route) => isRouteShown(routing, route, role, audience))) return undefined;
	return {
		has: (target) => {
			const route = routing.routes.find((item) => mayFit(item, target));
			return route !== undefined && !isRouteShown(routing, route, role, audience);
		},
	};
}

/** Whether one of these must be kept from those who read, whichever of its names says so. Pure. */
export function isAnyHidden(hidden: HiddenTargets | undefined, targets: readonly NamedTarget[]): boolean {
	return targets.some((target) => targetNames(target).some((name) => hidden?.has(name)));
}

/** Whether a route, and with it its targets, may be told to somebody with this role where these read along. Pure. */
export function isRouteShown(routing: Routing, route: Route, role: Role, audience: Audience): boolean {
	if (!route.private) return true;
	return hasRole(role, "viewer") && (readsAll(audience) || isOwnChannel(routing, route, audience));
}

/** One person alone, or the console, which only people with a role read. */
function readsAll({ kind, channel }: Audience): boolean {
	return kind === "direct" || channel.platform === "web-console";
}

function isOwnChannel(routing: Routing, route: Route, { kind, channel }: Audience): boolean {
	if (kind === "direct") return false;
	return route.channels.some((ref) =>
		resolveChannel(routing, ref)?.some((place) => sameConversation(place, channel)),
	);
}

/**
 * Whether a route claims a target of this name. Its other labels are not known here: a private route is taken to
 * claim it, for what might be private is kept; another route only if the name alone decides.
 */
function mayFit(route: Route, target: string): boolean {
	const { target: pattern, ...others } = route.match;
	if (pattern !== undefined && !fitsPattern(pattern, target)) return false;
	if (pattern === undefined && route.private) return false;
	return route.private || Object.keys(others).length === 0;
}
