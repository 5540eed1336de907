import type { Audience, ChatEvent, Conversation } from "../../src/domain/chat-event.ts";
import { COMMANDS } from "../../src/use-cases/commands.ts";
import type { Acquaintance } from "./slack-people.ts";

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
	const command = commandIn(asCommand);
	return {
		...(command === undefined ? { kind: "said", text } : { kind: "command", text: command }),
		conversation,
		audience,
		actor: speaker.actor,
		...(speaker.timeZone === undefined ? {} : { timeZone: speaker.timeZone }),
	};
}

function commandIn(text: string): string | undefined {
	const line = text.trim();
	if (line === "") return "help";
	const slashed = /^\/(?:ops\b)?\s*([\s\S]*)$/i.exec(line)?.[1];
	if (slashed !== undefined) return slashed === "" ? "help" : slashed;
	const isCommand =
		line.length < 500 && COMMANDS.some(({ forms }) => forms.some(({ pattern }) => pattern.test(line)));
	return isCommand ? line : undefined;
}
