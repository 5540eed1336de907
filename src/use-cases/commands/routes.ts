import type { Audience } from "../../domain/chat-event.ts";
import { type ChatMessage, chatMessage } from "../../domain/chat-message.ts";
import { AppError } from "../../domain/errors.ts";
import { CONSOLE, type Routing, sameConversation } from "../../domain/routing.ts";
import {
	type ChangeRouteDeps,
	type RouteInput,
	removeRoute,
	resetRoute,
	setDefaultChannels,
	setRoute,
} from "../change-route.ts";
import { DEFAULT_CHANNELS } from "../effective-routing.ts";
import { routesMessage } from "../routes-message.ts";
import type { Command } from "./command.ts";

export type RoutesDeps = ChangeRouteDeps;

/** Which targets go to which channels: shown, and changed over the configuration file. */
export const routes: Command<RoutesDeps> = {
	words: ["routes", "route"],
	does: "shows and changes which targets go to which channels",
	reserved: true,
	forms: [
		{
			usage: "routes",
			does: "shows every route in the order they are tried, with where it comes from",
			role: "viewer",
			pattern: /^routes?$/i,
			run: async ({ routing }, { person, spot }) =>
				routesMessage(await routing.read(), person.role, spot.audience),
		},
		{
			usage: "route set <name> match target=checkout* channels here|<name>,<name> [private|public]",
			does: "makes or changes a route",
			role: "admin",
			pattern: /^route set\s+(\S.*)$/i,
			run: async (deps, { actor, match, spot }) => {
				const input = readRoute(match[1] ?? "", (ref) => here(deps, ref, spot.audience));
				const route = await setRoute(deps, actor, input);
				const secret = route.private
					? " It is private: its targets are told of there and in the console only."
					: "";
				return done(`The route ${route.name} goes to ${route.channels.join(", ")}.${secret}`);
			},
		},
		{
			usage: "route remove <name>",
			does: "takes a route away, also one of the configuration file",
			role: "admin",
			pattern: /^route remove\s+(\S{1,70})$/i,
			run: async (deps, { actor, match }) => {
				const name = (match[1] ?? "").toLowerCase();
				await removeRoute(deps, actor, name);
				return done(`The route ${name} is removed. "route reset ${name}" brings back what the file has.`);
			},
		},
		{
			usage: "route reset <name>|default",
			does: "lets the configuration file count again",
			role: "admin",
			pattern: /^route reset\s+(\S{1,70})$/i,
			run: async (deps, { actor, match }) => {
				const name = (match[1] ?? "").toLowerCase();
				await resetRoute(deps, actor, name === "default" ? DEFAULT_CHANNELS : name);
				return done(`For ${name} the configuration file counts again.`);
			},
		},
		{
			usage: "route default here|<name>,<name>",
			does: "says where everything goes that no route claims",
			role: "admin",
			pattern: /^route default\s+(\S.*)$/i,
			run: async (deps, { actor, match, spot }) => {
				const channels = refsOf(match[1] ?? "").map((ref) => here(deps, ref, spot.audience));
				await setDefaultChannels(deps, actor, channels);
				return done(`What no route claims goes to ${channels.join(", ")}.`);
			},
		},
	],
};

function done(sentence: string): ChatMessage {
	return chatMessage({ text: `${sentence} In force everywhere within 5 seconds.` });
}

function refsOf(text: string): string[] {
	return text.split(/[\s,]+/).filter((ref) => ref !== "");
}

/** What stands after `route set`: a name, `match` with labels, `channels` with names, and perhaps `private`. */
function readRoute(text: string, resolve: (ref: string) => string): RouteInput {
	const words = text.split(/[\s,]+/).filter((word) => word !== "");
	const [name = "", keyword, ...rest] = words;
	const at = rest.findIndex((word) => word.toLowerCase() === "channels");
	const last = rest.at(-1)?.toLowerCase();
	const secrecy = last === "private" || last === "public" ? last : undefined;
	const pairs = rest.slice(0, Math.max(0, at));
	if (keyword?.toLowerCase() !== "match" || at < 1 || pairs.some((pair) => pair.indexOf("=") < 1))
		throw new AppError(
			"invalid",
			"That route is not complete. Write: route set shop match target=checkout* channels here",
		);
	return {
		name: name.toLowerCase(),
		match: Object.fromEntries(
			pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
		),
		channels: rest.slice(at + 1, secrecy ? -1 : undefined).map(resolve),
		...(secrecy ? { private: secrecy === "private" } : {}),
	};
}

/** `here` as the name of the channel it was written in, or as the place itself. */
function here(deps: RoutesDeps, ref: string, audience: Audience): string {
	if (ref.toLowerCase() !== "here") return ref;
	const { kind, channel, inChannel } = audience;
	if (sameConversation(channel, CONSOLE)) return "console";
	if (kind === "direct" && !inChannel)
		throw new AppError("invalid", "Here is no channel; write this in the channel you mean, or name one.");
	return nameOf(deps.routing.file, channel) ?? `${channel.platform}:${channel.id}`;
}

/** The channel that this place belongs to: by its name, what goes there reaches its other platforms too. */
function nameOf(routing: Routing, place: Audience["channel"]): string | undefined {
	return routing.channels.find(({ conversations }) =>
		conversations.some((one) => sameConversation(one, place)),
	)?.name;
}
