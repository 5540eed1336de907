import type { z } from "zod";
import { AppError } from "../../src/domain/errors.ts";
import type { SayRequest } from "./api-schema.ts";
import { svgReply } from "./chart-svg.ts";
import type { Caller } from "./identify-caller.ts";
import { storedMessageView } from "./message-view.ts";
import { nextOf, pageOf } from "./page-of.ts";
import type { MessageChartQuery, PageQuery } from "./query-schema.ts";
import type { RestDeps } from "./rest-deps.ts";
import { type Reply, reply } from "./route.ts";

/** One page of the console's channel, newest first. */
export async function listMessages(
	deps: RestDeps,
	{ query }: { readonly query: z.output<typeof PageQuery> },
) {
	const page = await deps.store.messages.list(deps.console.conversation, pageOf(query));
	return { items: page.items.map(storedMessageView), ...nextOf(page) };
}

/** Says something in the console's channel: the kept message and the kept answers. */
export async function say(
	deps: RestDeps,
	{
		caller,
		body,
		timeZone,
	}: { readonly caller: Caller; readonly body: z.output<typeof SayRequest>; readonly timeZone: string },
) {
	const kept = await deps.console.say(caller.actor, body.text, timeZone);
	return { items: kept.map(storedMessageView) };
}

/** The chart of a message as a picture. AppError `not_found`. */
export async function drawMessageChart(
	deps: RestDeps,
	{ id, query }: { readonly id: string; readonly query: z.output<typeof MessageChartQuery> },
): Promise<Reply> {
	const kept = await deps.store.messages.get(id);
	if (!kept?.message.chart || kept.conversation !== deps.console.conversation)
		throw new AppError("not_found", `There is no message ${id} with a chart.`);
	return svgReply(deps, kept.message.chart, query);
}

/** Opens the stream of changes; it ends when the caller's right to it does. */
export async function openEvents(deps: RestDeps, { caller }: { readonly caller: Caller }): Promise<Reply> {
	return reply({
		headers: { "content-type": "text/event-stream; charset=utf-8", "x-accel-buffering": "no" },
		body: deps.events.open(() => caller.stillAllowed()),
	});
}
