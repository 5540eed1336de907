import type { Audience } from "../../../src/domain/chat-event.ts";
import { slackConversation } from "../conversation-id.ts";
import { slackVoice } from "../posting/slack-voice.ts";
import type { SlackDeps } from "../slack-deps.ts";
import type { Acquaintance } from "../workspace/slack-people.ts";
import { routeSafely } from "./route-safely.ts";
import { showProgress, threadStatus } from "./show-progress.ts";
import { spokenEvent } from "./spoken-event.ts";
import { joinThread, type SlackThread } from "./threads.ts";

/** Something said to us. */
export type Address = {
	readonly speaker: Acquaintance;
	readonly userId: string;
	readonly text: string;
	/** The same, with people and channels by id. */
	readonly asCommand: string;
	/** The thread in which it is answered. */
	readonly place: SlackThread;
	readonly audience: Audience;
	readonly entryId: string;
};

/**
 * Answers in a thread, where all who read along see it; what can't be answered is told to the person alone. The
 * answers are ordered under the delivery's own subjects, so that a second try does not post twice.
 */
export async function replyInThread(deps: SlackDeps, address: Address): Promise<void> {
	const { speaker, userId, text, asCommand, place, audience, entryId } = address;
	const conversation = slackConversation(place.channel, place.threadTs);
	const event = spokenEvent(text, asCommand, { conversation, audience, speaker });
	await joinThread(deps.store.postings, place);
	const routed = await showProgress(threadStatus(deps.client, place.channel, place.threadTs), () =>
		routeSafely(deps, event, entryId),
	);
	if ("refused" in routed) return slackVoice(deps, { userId, place }).refuse(routed.refused);
	await deps.store.deliveries.want(
		routed.messages.map((message, index) => ({
			subject: `inbox:${entryId}:${index}`,
			conversation,
			channel: place.channel,
			message,
		})),
	);
}
