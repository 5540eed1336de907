import { z } from "zod";
import type { Actor } from "../../src/domain/actor.ts";
import type { ChatEvent, Conversation } from "../../src/domain/chat-event.ts";
import { AppError } from "../../src/domain/errors.ts";
import { commandIn } from "../../src/use-cases/command-in.ts";

/** What the console's page sends: a text, nothing else. Decisions have an address of their own. */
const Said = z.strictObject({ text: z.string().max(20_000) });

/**
 * Turns what the page sent into a chat event; commands are told from questions as everywhere. AppError `invalid` for
 * anything that is not a text of at most 20,000 characters.
 */
export function parseEvent(body: unknown, actor: Actor, conversation: Conversation): ChatEvent {
	const said = Said.safeParse(body);
	if (!said.success)
		throw new AppError("invalid", "Send a text of at most 20,000 characters, and nothing else.", {
			detail: z.prettifyError(said.error),
		});
	const { text } = said.data;
	const command = commandIn(text);
	const audience = { kind: "private", channel: conversation } as const;
	if (command !== undefined) return { kind: "command", conversation, audience, actor, text: command };
	return { kind: "said", conversation, audience, actor, text };
}
