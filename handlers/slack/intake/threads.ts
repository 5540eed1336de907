import type { PostingStore } from "../../../src/ports/chat-stores.ts";
import { slackConversation } from "../conversation-id.ts";

/** A thread in a channel; `threadTs` is the message it hangs below. */
export type SlackThread = { readonly channel: string; readonly threadTs: string };

/** Under this subject a thread is kept in which we were spoken to. */
const SPOKEN_TO = "slack-thread";

/** Whether a thread is one of ours: below a message we posted, or one in which we were spoken to. */
export async function takesPartIn(
	postings: Pick<PostingStore, "find" | "subjectOf">,
	{ channel, threadTs }: SlackThread,
): Promise<boolean> {
	if ((await postings.find(SPOKEN_TO, slackConversation(channel, threadTs))) !== undefined) return true;
	return (await postings.subjectOf(slackConversation(channel), threadTs)) !== undefined;
}

/** Keeps in mind that we were spoken to in a thread. Idempotent. */
export async function joinThread(
	postings: Pick<PostingStore, "remember">,
	{ channel, threadTs }: SlackThread,
): Promise<void> {
	await postings.remember(SPOKEN_TO, slackConversation(channel, threadTs), threadTs);
}
