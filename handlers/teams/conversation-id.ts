const THREAD = /;messageid=([^;]+)$/i;
const CHANNEL = /@thread\.(?:tacv2|skype)$/i;

/** The conversation without its thread. References are kept under this id. */
export function channelIdOf(conversationId: string): string {
	return conversationId.replace(THREAD, "");
}

/** The thread below a message of a channel; undefined in chats, which have none. */
export function threadIdOf(conversationId: string, messageId: string): string | undefined {
	const channel = channelIdOf(conversationId);
	if (!CHANNEL.test(channel)) return undefined;
	// A message in a thread is answered in the same thread.
	return `${channel};messageid=${rootMessageOf(conversationId) ?? messageId}`;
}

/** The message that a thread hangs under; undefined for a channel or chat itself. */
function rootMessageOf(conversationId: string): string | undefined {
	return THREAD.exec(conversationId)?.[1];
}
