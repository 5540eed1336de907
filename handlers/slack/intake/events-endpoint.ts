import { AppError } from "../../../src/domain/errors.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import type { Inbox } from "../../../src/ports/inbox.ts";
import type { WebhookEndpoint } from "../../../src/ports/webhook-endpoint.ts";
import { readBody, type SlackBody } from "./read-body.ts";
import { takeIn } from "./take-in.ts";
import { verifySignature } from "./verify-signature.ts";

const MAXIMUM_BYTES = 1_048_576;

export type EventsEndpointDeps = {
	readonly signingSecret: string;
	readonly inbox: Pick<Inbox, "accept">;
	readonly clock: Clock;
	/** What is wrong with a form that was sent in, to be shown in it; undefined where nothing is. */
	readonly formProblem: (body: SlackBody) => Promise<unknown>;
};

/**
 * Where Slack posts events, commands, presses and forms. The sender is verified and the delivery committed before it
 * is acknowledged; everything else happens afterwards.
 */
export function eventsEndpoint(deps: EventsEndpointDeps): WebhookEndpoint {
	const { signingSecret, inbox, clock, formProblem } = deps;
	return {
		path: "/slack/events",
		auth: "slack-signature",
		maximumBytes: MAXIMUM_BYTES,
		// Events are JSON and come again; commands, presses and forms come once.
		isRepeated: (contentType) => contentType.includes("json"),
		async receive(request) {
			const signed = {
				timestamp: request.headers["x-slack-request-timestamp"],
				signature: request.headers["x-slack-signature"],
				body: request.body,
			};
			if (!verifySignature(signingSecret, signed, clock.now()))
				throw new AppError(
					"unauthenticated",
					"This is not signed by Slack within five minutes of now; check the signing secret and the clock.",
				);
			const body = readBody(request);
			if (body.type === "url_verification") return { status: 200, body: { challenge: body.challenge } };
			if (body.ssl_check !== undefined) return { status: 200 };
			const problem = await formProblem(body);
			if (problem !== undefined) return { status: 200, body: problem };
			await takeIn(inbox, body);
			return { status: 200 };
		},
	};
}
