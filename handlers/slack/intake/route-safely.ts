import type { ChatEvent } from "../../../src/domain/chat-event.ts";
import type { ChatMessage } from "../../../src/domain/chat-message.ts";
import { AppError, toAppError } from "../../../src/domain/errors.ts";
import type { Logger } from "../../../src/ports/logger.ts";

const MAXIMUM_CHARACTERS = 20_000;

export type RouteDeps = {
	readonly route: (event: ChatEvent) => Promise<readonly ChatMessage[]>;
	readonly logger: Logger;
};

/** What came of an event: something to say, or the error that the person is to be told. */
export type Routed = { readonly messages: readonly ChatMessage[] } | { readonly refused: AppError };

/**
 * Has an event dealt with. A decision that could not be judged because a part is away throws, so that it is worked on
 * again rather than told to be lost; every other failure is for the person to know.
 */
export async function routeSafely(deps: RouteDeps, event: ChatEvent, entryId: string): Promise<Routed> {
	try {
		if ("text" in event && event.text.length > MAXIMUM_CHARACTERS)
			throw new AppError("invalid", `Write at most ${MAXIMUM_CHARACTERS} characters; this is longer.`);
		return { messages: await deps.route(event) };
	} catch (thrown) {
		const error = toAppError(thrown);
		const decides = event.kind === "decided" || event.kind === "reasoned";
		if (decides && (error.code === "unavailable" || error.code === "limited")) throw error;
		if (error.code === "internal")
			deps.logger.error("Something asked in Slack could not be done.", { entry: entryId, error: thrown });
		return { refused: error };
	}
}
