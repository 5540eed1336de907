import { type ChatMessage, chatMessage } from "../../../src/domain/chat-message.ts";
import type { AppError } from "../../../src/domain/errors.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import { type RenderOptions, renderMessage } from "../render/render-message.ts";
import { sendable } from "../render/sendable.ts";
import type { KnownBlock, SlackMessage } from "../render/slack-message.ts";
import { type Listener, type WhisperDeps, whisperTo } from "./whisper.ts";

export type SlackVoiceDeps = WhisperDeps & {
	readonly clock: Clock;
	readonly timeZone: string;
	readonly consoleUrl?: string;
};

/** Speaks to one person, in the product's words. Throws what Slack's client throws. */
export type SlackVoice = {
	/** `more` follows below the last message. */
	tell(messages: readonly ChatMessage[], more?: readonly KnownBlock[]): Promise<void>;
	/** Says why something was not done. */
	refuse(error: AppError): Promise<void>;
};

/** A voice that only one person hears. */
export function slackVoice(deps: SlackVoiceDeps, listener: Listener): SlackVoice {
	const { clock, timeZone, consoleUrl } = deps;
	const whisper = whisperTo(deps, listener);
	const tell: SlackVoice["tell"] = async (messages, more = []) => {
		const options: RenderOptions = {
			nowMs: clock.now(),
			timeZone,
			...(consoleUrl === undefined ? {} : { consoleUrl }),
		};
		const drawn = messages.flatMap((message) => renderMessage(message, options));
		await whisper(withMore(drawn, more).map((message) => sendable(message, deps.logger)));
	};
	return { tell, refuse: (error) => tell([chatMessage({ text: error.message })]) };
}

function withMore(messages: readonly SlackMessage[], more: readonly KnownBlock[]): readonly SlackMessage[] {
	const last = messages.at(-1);
	if (last === undefined || more.length === 0) return messages;
	return [...messages.slice(0, -1), { ...last, blocks: [...last.blocks, ...more] }];
}
