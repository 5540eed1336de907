import type { Conversation } from "./chat-event.ts";
import { type NamedTarget, targetNames } from "./target-names.ts";
import type { Labels } from "./time-series.ts";

/** A named place on one or more platforms. The console is always there too, under the name `console`. */
export type Channel = {
	readonly name: string;
	readonly conversations: readonly Conversation[];
	readonly charts: "dark" | "light";
};

/** Where a setting comes from: the configuration file, or a command over it. */
export type SettingSource = "file" | "command";

/** Which targets go to which channels, who may approve there, and whom to call. */
export type Route = {
	readonly name: string;
	/** Label name -> value; `*` in a value stands for any text. All must fit. `target` and `environment` are labels too. */
	readonly match: Labels;
	readonly channels: readonly string[];
	/**
	 * Identities (`slack:T1:U1`) or person ids (`P-3`) who alone may decide on plans for these targets, within what the
	 * approval policy allows. Left out: whoever the policy allows. Empty: nobody.
	 */
	readonly approvers?: readonly string[];
	/** Platform -> the id of the user or group to mention when somebody must look now. */
	readonly onCall: Readonly<Record<string, string>>;
	/** Nothing about these targets is told outside of these channels, but to those who may read all of it. */
	readonly private: boolean;
	readonly source: SettingSource;
};

/** All places and routes. The first route that fits counts; what none claims goes to `defaultChannels`. */
export type Routing = {
	readonly channels: readonly Channel[];
	readonly routes: readonly Route[];
	readonly defaultChannels: readonly string[];
};

/** The web console's own channel, which every incident is shown in. */
export const CONSOLE: Conversation = { platform: "web-console", id: "console" };

/** Where something goes, who decides there and whom to call; `reason` is one sentence on why. */
export type RouteChoice = {
	readonly route?: Route;
	/** Each once; without the console unless it is named. */
	readonly channels: readonly Conversation[];
	readonly onCall: Readonly<Record<string, string>>;
	/** Left out: whoever the policy allows. */
	readonly approvers?: readonly string[];
	readonly private: boolean;
	readonly reason: string;
	/** Names that no channel has: what is said about them in the log and by the self-check. */
	readonly unknown: readonly string[];
};

/**
 * The route of what carries these labels: the first whose every label fits, else the default channels. A route that
 * names no channel there is goes to the default ones too, so that nothing is lost, unless it is private. Pure.
 */
export function routeOf(routing: Routing, labels: Labels): RouteChoice {
	return choose(
		routing,
		routing.routes.find((item) => fits(item.match, labels)),
	);
}

/** As `routeOf`, for the target of a plan: the first route that fits any of its names counts. Pure. */
export function routeOfTarget(routing: Routing, target: NamedTarget, environment: string): RouteChoice {
	const names = targetNames(target);
	const route = routing.routes.find(({ match }) =>
		names.some((name) => fits(match, { target: name, environment })),
	);
	return choose(routing, route);
}

/** Whether a match can fit the target of a plan, which has no labels but these. Approvers of another would be nobody's. */
export function isOfPlans(match: Labels): boolean {
	return Object.keys(match).every((label) => label === "target" || label === "environment");
}

function choose(routing: Routing, route: Route | undefined): RouteChoice {
	const own = placesOf(routing, route?.channels ?? []);
	const useDefault = own.channels.length === 0 && !route?.private;
	const fallback = useDefault ? placesOf(routing, routing.defaultChannels) : { channels: [], unknown: [] };
	return {
		...(route ? { route } : {}),
		channels: useDefault ? fallback.channels : own.channels,
		onCall: route?.onCall ?? {},
		...(route?.approvers ? { approvers: route.approvers } : {}),
		private: route?.private ?? false,
		reason: reasonOf(route, useDefault),
		unknown: [...own.unknown, ...fallback.unknown],
	};
}

/** The conversations of a channel's name, of `console` or of a place such as `slack:C1`; undefined where unknown. */
export function resolveChannel(routing: Routing, ref: string): readonly Conversation[] | undefined {
	const named = routing.channels.find((channel) => channel.name === ref);
	if (named) return named.conversations;
	if (ref === "console") return [CONSOLE];
	const colon = ref.indexOf(":");
	if (colon < 1 || colon === ref.length - 1) return undefined;
	return [{ platform: ref.slice(0, colon), id: ref.slice(colon + 1) }];
}

/** The names in routes and defaults that no channel has. */
export function unknownChannels(routing: Routing): readonly string[] {
	const refs = [...routing.routes.flatMap((route) => route.channels), ...routing.defaultChannels];
	return [...new Set(refs)].filter((ref) => resolveChannel(routing, ref) === undefined);
}

/** Whether two conversations are the same. */
export function sameConversation(a: Conversation, b: Conversation): boolean {
	return a.platform === b.platform && a.id === b.id;
}

/** Each conversation once, the first of its kind. */
export function distinct(conversations: readonly Conversation[]): readonly Conversation[] {
	return conversations.filter(
		(one, index) => conversations.findIndex((other) => sameConversation(one, other)) === index,
	);
}

function placesOf(routing: Routing, refs: readonly string[]) {
	const found = refs.map((ref) => ({ ref, conversations: resolveChannel(routing, ref) }));
	return {
		channels: distinct(found.flatMap(({ conversations = [] }) => conversations)),
		unknown: found.filter(({ conversations }) => conversations === undefined).map(({ ref }) => ref),
	};
}

function reasonOf(route: Route | undefined, useDefault: boolean): string {
	if (!route) return "No route fits, so it goes to the default channels.";
	if (!useDefault) return `It fits the route ${route.name}.`;
	return `It fits the route ${route.name}, which names no channel there is, so it goes to the default channels.`;
}

function fits(match: Labels, labels: Labels): boolean {
	return Object.entries(match).every(([name, pattern]) => {
		const value = Object.hasOwn(labels, name) ? labels[name] : undefined;
		return value !== undefined && fitsPattern(pattern, value);
	});
}

/**
 * Whether a text fits a pattern in which `*` stands for any text, also none. Each piece between two stars is looked for
 * once, from left to right, so that no pattern takes exponential time.
 */
export function fitsPattern(pattern: string, text: string): boolean {
	const [first = "", ...rest] = pattern.split("*");
	const last = rest.pop();
	if (last === undefined) return pattern === text;
	if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last))
		return false;
	const end = text.length - last.length;
	let from = first.length;
	for (const piece of rest) {
		const at = text.indexOf(piece, from);
		if (at < 0 || at + piece.length > end) return false;
		from = at + piece.length;
	}
	return true;
}
