import type { ChatPlatform } from "../ports/chat-platform.ts";
import type { Pager } from "../ports/pager.ts";

/** Calls by a line in the channel that mentions whom the route names; it is posted once in each, and never edited. */
export function chatPager(platforms: readonly ChatPlatform[]): Pager {
	return {
		call: async (stores, { subject, onCall, places }) => {
			const orders = places.flatMap((conversation) => {
				const platform = platforms.find(({ name }) => name === conversation.platform);
				if (!platform || onCall[platform.name] === undefined) return [];
				return [{ subject, conversation, channel: platform.channelOf(conversation).id }];
			});
			await stores.deliveries.want(orders);
		},
	};
}
