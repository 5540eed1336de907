import { ConversationReference } from "../connector/conversation-reference.ts";
import { channelIdOf } from "../conversation-id.ts";
import type { TeamsIntakeOptions } from "./intake-options.ts";
import type { News } from "./parse-news.ts";
import { knownConversation, TEAMS } from "./parse-place.ts";
import type { Activity } from "./read-activity.ts";

/** Keeps where we may speak up to date with what Teams tells of conversations, and sends there what waited. Idempotent. */
export async function keepNews(
	{ store, logger }: Pick<TeamsIntakeOptions, "store" | "logger">,
	activity: Activity,
	news: News,
	botId: string,
): Promise<void> {
	const { conversations, deliveries } = store;
	const place = (id: string) => ({ platform: TEAMS, id: channelIdOf(id) });
	switch (news.kind) {
		case "joined":
			await keepPlace({ store }, activity, botId);
			// One who joins a team is in all of its channels.
			await deliveries.wake(TEAMS);
			break;
		case "renamed": {
			const known = await conversations.get(place(news.id));
			if (known) await conversations.remember({ ...known, name: news.name });
			await deliveries.wake(TEAMS, place(news.id).id);
			break;
		}
		case "channel-gone":
			await conversations.forget(place(news.id));
			break;
		case "left":
			await conversations.forget(place(news.id));
			if (news.teamId !== undefined) await forgetTeam(store, news.teamId);
			break;
		case "team-gone":
			await forgetTeam(store, news.teamId);
			break;
	}
	logger.info("a Teams conversation changed", {
		platform: TEAMS,
		news: news.kind,
		conversation: activity.conversation.id,
	});
}

/**
 * Keeps how to speak in the place of an activity. A name stays that was told before and is not told now. What waited
 * for a place that was unknown goes out at once.
 */
export async function keepPlace(
	{ store: { conversations, deliveries } }: Pick<TeamsIntakeOptions, "store">,
	activity: Activity,
	botId: string,
): Promise<void> {
	const known = knownConversation(activity, botId);
	const earlier = await conversations.get(known.conversation);
	const name = known.name ?? earlier?.name;
	await conversations.remember({ ...known, ...(name === undefined ? {} : { name }) });
	if (!earlier) await deliveries.wake(TEAMS, known.conversation.id);
}

/** Who is taken out of a team is out of all of its channels. */
async function forgetTeam({ conversations }: TeamsIntakeOptions["store"], teamId: string): Promise<void> {
	for (const { conversation, reference } of await conversations.list(TEAMS)) {
		const known = ConversationReference.safeParse(reference);
		if (known.success && known.data.teamId === teamId) await conversations.forget(conversation);
	}
}
