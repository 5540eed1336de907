import type { Role } from "../domain/actor.ts";
import type { Audience } from "../domain/chat-event.ts";
import { type ChatMessage, chatMessage } from "../domain/chat-message.ts";
import { type Route, unknownChannels } from "../domain/routing.ts";
import { isRouteShown } from "../domain/visibility.ts";
import type { EffectiveRouting } from "./effective-routing.ts";

const MAXIMUM_ROWS = 9;
const SOURCES = { file: "file", command: "command" } as const;

/** Every route in the order they are tried, as far as the readers may know of it. Pure. */
export function routesMessage(
	{ routing, defaultSource, unreadable }: EffectiveRouting,
	role: Role,
	audience: Audience,
): ChatMessage {
	const shown = routing.routes.filter((route) => isRouteShown(routing, route, role, audience));
	const secret = routing.routes.length - shown.length;
	const more = shown.length - MAXIMUM_ROWS;
	const unknown = unknownChannels({ ...routing, routes: shown });
	return chatMessage({
		text: [
			leadOf(shown.length, secret),
			unknown.length === 0 ? "" : `No channel has the name ${unknown.join(", ")}.`,
			unreadable.length === 0
				? ""
				: `What was changed by command about ${unreadable.join(", ")} can't be read.`,
		]
			.filter(Boolean)
			.join(" "),
		table: {
			columns: ["Route", "Fits", "Channels", "From"].map((title) => ({ title, align: "left" })),
			rows: [
				...shown.slice(0, MAXIMUM_ROWS).map(rowOf),
				[
					"default",
					"everything else",
					routing.defaultChannels.join(", ") || "console",
					SOURCES[defaultSource],
				],
			],
		},
		footer: [
			...(more > 0 ? [`and ${more} more`] : []),
			...(secret > 0 ? [`${count(secret, "private route")} not shown here`] : []),
		],
	});
}

/** What there is, or what to do where there is nothing. */
function leadOf(routes: number, secret: number): string {
	if (routes === 0 && secret > 0) return "No route may be shown here; ask in a direct message.";
	if (routes === 0)
		return "There is no route, so everything goes to the default channels. An admin makes one: route set shop match target=checkout* channels here";
	return `${count(routes, "route")}; the first that fits counts.`;
}

function rowOf(route: Route): string[] {
	const match = Object.entries(route.match).map(([label, value]) => `${label}=${value}`);
	const notes = [
		route.private ? "private" : "",
		route.approvers ? "own approvers" : "",
		Object.keys(route.onCall).length > 0 ? "on call" : "",
	].filter(Boolean);
	return [
		notes.length > 0 ? `${route.name} (${notes.join(", ")})` : route.name,
		match.join(" ") || "everything",
		route.channels.join(", ") || "the default ones",
		SOURCES[route.source],
	];
}

function count(n: number, noun: string): string {
	return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
