import { slackConversation } from "../conversation-id.ts";
import type { SlackDeps } from "../slack-deps.ts";
import type { SlackWork } from "./bolt-app.ts";
import { meetChannel } from "./note-channel.ts";
import { parseSpoken, type Spoken } from "./parse-spoken.ts";
import { replyInThread } from "./reply-in-thread.ts";
import { commandText, mentions, speaksToOther, spokenText } from "./spoken-text.ts";
import { takesPartIn } from "./threads.ts";

/**
 * Answers a message that is meant for us: one that mentions us, one in a direct channel, or a follow-up in a thread
 * where we already spoke. Everything else in a channel is other people's talk.
 */
export async function hearMessage(deps: SlackDeps, work: SlackWork): Promise<void> {
	const { body, entryId, self } = work;
	const spoken = parseSpoken(body, self.botUserId);
	if (spoken === undefined) return;
	const { user, channel, channelType, ts, threadTs = ts, text } = spoken;
	const { kind } = await deps.channels.describe(channel, channelType);
	if (kind !== "direct" && !(await isForUs(deps, spoken, self.botUserId))) return;
	await meetChannel(deps, channel);
	await replyInThread(deps, {
		speaker: await deps.people.meet(user, self.teamId),
		userId: user.id,
		text: spokenText(text, self.botUserId),
		asCommand: commandText(text, self.botUserId, self.teamId),
		place: { channel, threadTs },
		audience: { kind, channel: slackConversation(channel) },
		entryId,
	});
}

async function isForUs({ store }: SlackDeps, spoken: Spoken, botUserId: string): Promise<boolean> {
	const { channel, threadTs, text, mention } = spoken;
	if (mention || mentions(text, botUserId)) return true;
	if (threadTs === undefined || speaksToOther(text, botUserId)) return false;
	return takesPartIn(store.postings, { channel, threadTs });
}
