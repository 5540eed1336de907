import type { z } from "zod";
import { actorId } from "../../src/domain/actor.ts";
import { answerView } from "./answer-view.ts";
import type { CommandRequest, QueryRequest } from "./api-schema.ts";
import type { Caller } from "./identify-caller.ts";
import type { RestDeps } from "./rest-deps.ts";
import { newSecret } from "./secrets.ts";

type Asked<Body extends z.ZodType> = {
	readonly caller: Caller;
	readonly body: z.output<Body>;
	readonly timeZone: string;
};

/**
 * Answers a question. Follow-ups name the `conversation` of the answer before; conversations belong to their person, so
 * nobody reads on in another's.
 */
export async function ask(deps: RestDeps, { caller, body, timeZone }: Asked<typeof QueryRequest>) {
	const conversation = body.conversation ?? newSecret(deps.random).slice(0, 16);
	const answer = await deps.useCases.answerQuestion({
		text: body.text,
		asker: caller.actor,
		conversation: `rest:${actorId(caller.actor)}:${conversation}`,
		nowMs: deps.clock.now(),
		timeZone,
	});
	return answerView(answer, conversation);
}

/** Does what `/ops <text>` does. */
export async function command(deps: RestDeps, { caller, body, timeZone }: Asked<typeof CommandRequest>) {
	const conversation = { platform: "rest", id: actorId(caller.actor) };
	const spot = { conversation, audience: { kind: "direct", channel: conversation } } as const;
	const messages = await deps.useCases.runCommand(caller.actor, body.text, spot, timeZone);
	return { messages: messages.map((message) => deps.renderMessage(message)) };
}
