import { channelIdOf } from "./conversation-id.ts";
import { ConversationReference } from "./conversation-reference.ts";
import type { TeamsIntakeOptions } from "./intake-options.ts";
import type { News } from "./parse-news.ts";
import { knownConversation, TEAMS } from "./parse-place.ts";
import type { Activity } from "./read-activity.ts";

/** Keeps where we may speak up to date with what Teams tells of conversations. Idempotent. */
export async function keepNews(
	{ store, logger }: Pick<TeamsIntakeOptions, "store" | "logger">,
	activity: Activity,
	news: News,
	botId: string,
): Promise<void> {
	const { conversations } = store;
	const place = (id: string) => ({ platform: TEAMS, id: channelIdOf(id) });
	switch (news.kind) {
		case "joined":
			await keepPlace({ store }, activity, botId);
			break;
		case "renamed": {
			const known = await conversations.get(place(news.id));
			if (known) await conversations.remember({ ...known, name: news.name });
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

/** Keeps how to speak in the place of an activity. A name stays that was told before and is not told now. */
export async function keepPlace(
	{ store: { conversations } }: Pick<TeamsIntakeOptions, "store">,
	activity: Activity,
	botId: string,
): Promise<void> {
	const known = knownConversation(activity, botId);
	const name = known.name ?? (await conversations.get(known.conversation))?.name;
	await conversations.remember({ ...known, ...(name === undefined ? {} : { name }) });
}

/** Who is taken out of a team is out of all of its channels. */
async function forgetTeam({ conversations }: TeamsIntakeOptions["store"], teamId: string): Promise<void> {
	for (const { conversation, reference } of await conversations.list(TEAMS)) {
		const known = ConversationReference.safeParse(reference);
		if (known.success && known.data.teamId === teamId) await conversations.forget(conversation);
	}
}
