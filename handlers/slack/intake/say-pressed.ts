import { slackConversation } from "../conversation-id.ts";
import { slackVoice } from "../posting/slack-voice.ts";
import type { SlackDeps } from "../slack-deps.ts";
import type { SlackWork } from "./bolt-app.ts";
import type { Press } from "./parse-press.ts";
import { replyInThread } from "./reply-in-thread.ts";
import { routeSafely } from "./route-safely.ts";
import { spokenEvent } from "./spoken-event.ts";

/** Says a button's text as the person who pressed it: below the message it stands in, or to them alone. */
export async function sayPressed(
	deps: SlackDeps,
	press: Press,
	text: string,
	{ entryId, self }: SlackWork,
): Promise<void> {
	const { user, place, messageTs, isEphemeral, responseUrl } = press;
	const speaker = await deps.people.meet(user, self.teamId);
	const { kind } = await deps.channels.describe(place.channel);
	const audience = { kind, channel: slackConversation(place.channel) } as const;
	const threadTs = place.threadTs ?? messageTs;
	if (threadTs !== undefined && !isEphemeral) {
		const thread = { channel: place.channel, threadTs };
		const address = { speaker, userId: user.id, text, asCommand: text, place: thread, audience, entryId };
		return replyInThread(deps, address);
	}
	const conversation = slackConversation(place.channel, place.threadTs);
	const routed = await routeSafely(
		deps,
		spokenEvent(text, text, { conversation, audience, speaker }),
		entryId,
	);
	const listener = { userId: user.id, place, ...(responseUrl === undefined ? {} : { responseUrl }) };
	const voice = slackVoice(deps, listener);
	await ("refused" in routed ? voice.refuse(routed.refused) : voice.tell(routed.messages));
}
