import type { Conversation } from "../domain/chat-event.ts";
import type { ChatPlatform } from "../ports/chat-platform.ts";

/** Does the same in the default place of every platform. All are tried; then the first error, if any, is thrown. */
export async function onEachPlatform(
	platforms: readonly ChatPlatform[],
	work: (platform: ChatPlatform, conversation: Conversation) => Promise<void>,
): Promise<void> {
	const errors: unknown[] = [];
	for (const platform of platforms) {
		const conversation = platform.defaultConversation();
		if (conversation) await work(platform, conversation).catch((error: unknown) => errors.push(error));
	}
	if (errors.length > 0) throw errors[0];
}
