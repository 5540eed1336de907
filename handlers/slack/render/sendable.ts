import type { Logger } from "../../../src/ports/logger.ts";
import { fitBytes } from "./fit-bytes.ts";
import { lintMessage } from "./lint-message.ts";
import type { SlackMessage } from "./slack-message.ts";

/** What Slack takes as the text of an edit, after escaping. */
const EDIT_BYTES = 4_000;

/** The message as it may be sent: one that breaks a limit goes as its text alone, and the log says which. */
export function sendable(message: SlackMessage, logger: Logger): SlackMessage {
	const problems = lintMessage(message.blocks, message.text);
	if (problems.length === 0) return message;
	logger.error("A Slack message breaks limits and goes out as plain text; this is a defect.", {
		problems: problems.slice(0, 10),
	});
	return { text: message.text, blocks: [] };
}

/** The same with a text that an edit takes: it is the notification's, the blocks are what is read. Pure. */
export function forEdit(message: SlackMessage): SlackMessage {
	return { ...message, text: fitBytes(message.text, EDIT_BYTES) };
}
