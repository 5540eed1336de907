import type { Audience, ChatEvent, Conversation } from "../../../src/domain/chat-event.ts";
import { commandIn } from "../../../src/use-cases/command-in.ts";
import type { Acquaintance } from "../workspace/slack-people.ts";

/** Where something was said, by whom, and who reads along. */
export type SpokenSpot = {
	readonly conversation: Conversation;
	readonly audience: Audience;
	readonly speaker: Acquaintance;
};

/**
 * What somebody wrote as a chat event: a command where it is written like one, with `/ops`, `/` or exactly as the list
 * has it; else a question. A mention without a word asks for help. Pure.
 */
export function spokenEvent(text: string, asCommand: string, spot: SpokenSpot): ChatEvent {
	const { conversation, audience, speaker } = spot;
	const command = commandOrHelp(asCommand);
	const { actor, timeZone, barred } = speaker;
	const spoken = { conversation, audience, actor, ...(timeZone === undefined ? {} : { timeZone }) };
	if (command === undefined) return { kind: "said", text, ...spoken };
	return { kind: "command", text: command, ...spoken, ...(barred === undefined ? {} : { barred }) };
}

function commandOrHelp(text: string): string | undefined {
	const command = commandIn(text);
	return command === "" || text.trim() === "" ? "help" : command;
}
