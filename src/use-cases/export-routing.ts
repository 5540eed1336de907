import { stringify } from "yaml";
import type { Channel, Route, Routing } from "../domain/routing.ts";

/** Routing as the configuration file would have it: the keys channels, routes and default_channels as YAML. Pure. */
export function exportRouting({ channels, routes, defaultChannels }: Routing): string {
	const keys = {
		channels: channels.map(channelKeys),
		routes: routes.map(routeKeys),
		default_channels: [...defaultChannels],
	};
	return stringify(keys, { lineWidth: 0 });
}

function channelKeys({ name, conversations, charts }: Channel) {
	const places = conversations.map(({ platform, id }) => [platform, id] as const);
	return { name, ...Object.fromEntries(places), charts };
}

/** What has its default is left out, so that the file stays short. */
function routeKeys(route: Route) {
	return {
		name: route.name,
		match: { ...route.match },
		...(route.channels.length > 0 ? { channels: [...route.channels] } : {}),
		...(route.approvers ? { approvers: [...route.approvers] } : {}),
		...(Object.keys(route.onCall).length > 0 ? { on_call: { ...route.onCall } } : {}),
		...(route.private ? { private: true } : {}),
	};
}
