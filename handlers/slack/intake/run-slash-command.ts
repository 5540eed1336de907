import { chatMessage } from "../../../src/domain/chat-message.ts";
import { isOneToOne, slackConversation } from "../conversation-id.ts";
import { slackVoice } from "../posting/slack-voice.ts";
import type { SlackDeps } from "../slack-deps.ts";
import type { SlackWork } from "./bolt-app.ts";
import { parseCommand } from "./parse-command.ts";
import { routeSafely } from "./route-safely.ts";
import { showProgress } from "./show-progress.ts";
import { commandText } from "./spoken-text.ts";

/** Does what `/ops <text>` asks for and tells the result to the person alone. */
export async function runSlashCommand(deps: SlackDeps, { body, entryId, self }: SlackWork): Promise<void> {
	const command = parseCommand(body);
	if (command === undefined) return;
	const { user, channel, text, responseUrl } = command;
	const voice = slackVoice(deps, {
		userId: user.id,
		place: { channel },
		...(responseUrl === undefined ? {} : { responseUrl }),
	});
	const conversation = slackConversation(channel);
	const { actor, timeZone, barred } = await deps.people.meet(user, self.teamId);
	const event = {
		kind: "command",
		conversation,
		// The answer is shown to the one who asked alone, wherever it was asked.
		audience: {
			kind: "direct",
			channel: conversation,
			...(isOneToOne(channel) ? {} : { inChannel: true as const }),
		},
		actor,
		text: commandText(text, self.botUserId, self.teamId) || "help",
		...(timeZone === undefined ? {} : { timeZone }),
		...(barred === undefined ? {} : { barred }),
	} as const;
	const working = chatMessage({ text: "Reading the numbers; the answer follows here." });
	const routed = await showProgress(
		() => voice.tell([working]),
		() => routeSafely(deps, event, entryId),
	);
	await ("refused" in routed ? voice.refuse(routed.refused) : voice.tell(routed.messages));
}
