import type { Conversation } from "../domain/chat-event.ts";
import { CONSOLE, distinct, type RouteChoice, type Routing, resolveChannel } from "../domain/routing.ts";
import type { ChatPlatform } from "../ports/chat-platform.ts";

/** A platform as far as places are concerned. */
export type PlacePlatform = Pick<ChatPlatform, "name" | "defaultConversation">;

/**
 * Where something is shown: the console, the channels of its routes, the default place of each platform that nothing
 * is configured for, and wherever it is shown or waited for already. Where one of its routes is private, only the channels of
 * private routes are told. Platforms that are not connected are left out. `quiet`, during planned work: nobody new is
 * told but the console. Pure.
 */
export function placesFor(input: {
	readonly platforms: readonly PlacePlatform[];
	readonly routing: Routing;
	readonly choices: readonly RouteChoice[];
	readonly shown: readonly Conversation[];
	readonly quiet?: boolean;
}): readonly Conversation[] {
	const { platforms, routing, choices, shown } = input;
	const isConnected = (place: Conversation) => platforms.some((platform) => platform.name === place.platform);
	if (input.quiet) return distinct([CONSOLE, ...shown].filter(isConnected));
	const secret = choices.filter((choice) => choice.private);
	const told = secret.length > 0 ? secret : choices;
	const used = configuredPlatforms(routing);
	const defaults = platforms
		.filter((platform) => secret.length === 0 && !used.has(platform.name))
		.flatMap((platform) => platform.defaultConversation() ?? []);
	const all = [CONSOLE, ...told.flatMap((choice) => choice.channels), ...defaults, ...shown];
	return distinct(all.filter(isConnected));
}

/** The platforms on which a channel, a route or the defaults name a place. */
function configuredPlatforms(routing: Routing): ReadonlySet<string> {
	const refs = [...routing.routes.flatMap((route) => route.channels), ...routing.defaultChannels];
	const places = [
		...routing.channels.flatMap((channel) => channel.conversations),
		...refs.flatMap((ref) => resolveChannel(routing, ref) ?? []),
	];
	return new Set(places.map((place) => place.platform));
}
