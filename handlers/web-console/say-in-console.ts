import { type Actor, actorName } from "../../src/domain/actor.ts";
import type { ChatEvent } from "../../src/domain/chat-event.ts";
import { type ChatMessage, chatMessage } from "../../src/domain/chat-message.ts";
import { toAppError } from "../../src/domain/errors.ts";
import { CONSOLE } from "../../src/domain/routing.ts";
import type { StoredMessage } from "../../src/ports/chat-stores.ts";
import type { Logger } from "../../src/ports/logger.ts";
import { BOT, keepMessage, type MessageKeeper } from "./keep-message.ts";
import { parseEvent } from "./parse-event.ts";
import { errorMessage } from "./to-app-error.ts";

/** What saying something in the console needs. */
export type SayDeps = {
	readonly store: MessageKeeper;
	readonly logger: Logger;
	/** What the product does with an event, and what it says to it. */
	route(event: ChatEvent): Promise<readonly ChatMessage[]>;
};

/**
 * Takes what a person typed: keeps it, lets the product answer, keeps the answers. What can't be done is answered in the
 * channel, not thrown; only a text that is none (AppError `invalid`) and a store that is away are.
 */
export async function sayInConsole(
	deps: SayDeps,
	actor: Actor,
	text: string,
	timeZone?: string,
): Promise<readonly StoredMessage[]> {
	const { store } = deps;
	const parsed = parseEvent({ text }, actor, CONSOLE);
	const event = timeZone === undefined ? parsed : { ...parsed, timeZone };
	const author = { kind: "person", name: actorName(actor) } as const;
	const kept = [await keepMessage(store, CONSOLE, author, chatMessage({ text }))];
	for (const message of await answers(deps, event))
		kept.push(await keepMessage(store, CONSOLE, BOT, message));
	return kept;
}

async function answers(deps: SayDeps, event: ChatEvent): Promise<readonly ChatMessage[]> {
	try {
		return await deps.route(event);
	} catch (thrown) {
		const error = toAppError(thrown);
		if (error.code === "internal")
			deps.logger.error("A message in the console could not be answered.", { error: thrown });
		return [errorMessage(error)];
	}
}
