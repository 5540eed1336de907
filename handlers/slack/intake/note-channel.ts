import { slackConversation } from "../conversation-id.ts";
import type { SlackDeps } from "../slack-deps.ts";
import type { SlackWork } from "./bolt-app.ts";
import { parseChannelNews } from "./parse-channel-news.ts";

/** Keeps what became of us in a channel. Where we may speak there now, what waited for it goes out at once. */
export async function noteChannel(deps: SlackDeps, { body, self }: SlackWork): Promise<void> {
	const news = parseChannelNews(body, self.botUserId);
	if (news === undefined) return;
	const conversation = slackConversation(news.channel);
	const known = await deps.store.conversations.get(conversation);
	const seen = news.state === "here" ? await deps.channels.describe(news.channel) : undefined;
	const name = news.name ?? seen?.name ?? known?.name;
	await deps.store.conversations.remember({
		conversation,
		kind: seen?.kind ?? known?.kind ?? "public",
		...(name === undefined ? {} : { name }),
		reference: { state: news.state },
	});
	if (news.state === "here") await deps.store.deliveries.wake(conversation.platform, news.channel);
	deps.logger.info("A Slack channel changed.", { channel: news.channel, state: news.state });
}

/** Keeps a channel in which somebody spoke to us, unless it is known. */
export async function meetChannel(deps: SlackDeps, channel: string): Promise<void> {
	const conversation = slackConversation(channel);
	if ((await deps.store.conversations.get(conversation)) !== undefined) return;
	const { kind, name } = await deps.channels.describe(channel);
	await deps.store.conversations.remember({
		conversation,
		kind,
		...(name === undefined ? {} : { name }),
		reference: { state: "here" },
	});
}
