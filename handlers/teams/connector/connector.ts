import type { Activity } from "botbuilder";
import type { ConnectorClient } from "botframework-connector/lib/connectorApi/connectorClient.js";
import { z } from "zod";
import { AppError } from "../../../src/domain/errors.ts";
import { LIMITS, utf16Bytes } from "../limits.ts";
import { lintCard } from "../render/lint-card.ts";
import type { TeamsMessage } from "../render/render-element.ts";
import type { ConnectorCredentials } from "./connector-credentials.ts";
import { type ConnectorHttpOptions, requireServiceUrl, sendToConnector } from "./connector-http.ts";
import type { ConversationReference } from "./conversation-reference.ts";

/** A person in a conversation, whose id is named without a thread. */
type RosterQuestion = {
	readonly serviceUrl: string;
	readonly conversationId: string;
	readonly userId: string;
};

/** A person as Teams knows them in one conversation. `userRole` is `user`, `guest` or `anonymous`. */
const TeamsMember = z.object({
	id: z.string().min(1),
	name: z.string().optional(),
	aadObjectId: z.string().optional(),
	objectId: z.string().optional(),
	tenantId: z.string().optional(),
	userRole: z.string().optional(),
});
type TeamsMember = z.infer<typeof TeamsMember>;

/**
 * Speaks to Teams. Errors are AppErrors: `limited` (with `retryAfterSeconds`), `unavailable`, `gone` (the bot is not in
 * the conversation), `not_found` (the message is gone), `forbidden` (the sign-in is refused, or the address is none of
 * Microsoft's), `invalid` (the message is refused). Nothing is tried twice.
 */
export type TeamsConnector = {
	/** Posts into a conversation, or into the thread that its id names; gives the message's id. */
	send(reference: ConversationReference, conversationId: string, message: TeamsMessage): Promise<string>;
	update(
		reference: ConversationReference,
		conversationId: string,
		messageId: string,
		message: TeamsMessage,
	): Promise<void>;
	/** Shows that an answer is being worked on. */
	typing(reference: ConversationReference, conversationId: string): Promise<void>;
	/** A person of the conversation; undefined where Teams knows none of that id there. */
	member(question: RosterQuestion): Promise<TeamsMember | undefined>;
};

export type TeamsConnectorOptions = ConnectorHttpOptions & { readonly credentials: ConnectorCredentials };

const CARD = "application/vnd.microsoft.card.adaptive";
const Posted = z.object({ id: z.string().min(1) });

/** The Bot Connector through Microsoft's client, which is loaded with the first message. */
export function teamsConnector(options: TeamsConnectorOptions): TeamsConnector {
	const toService = async (
		serviceUrl: string,
		work: (client: ConnectorClient) => Promise<unknown>,
		activity?: Partial<Activity>,
	): Promise<unknown> => {
		requireServiceUrl(serviceUrl, options.serviceHosts);
		const token = await options.credentials.accessToken();
		const exchange: Exchange = { token, ...(activity ? { sent: JSON.stringify(activity) } : {}) };
		try {
			await work(await connectorClient(serviceUrl, exchange, options));
			return exchange.answer;
		} catch (error) {
			if (error instanceof AppError && error.code === "forbidden") options.credentials.forget();
			throw error;
		}
	};
	return {
		async send(reference, conversationId, message) {
			const activity = activityOf(reference, conversationId, message);
			const answer = await toService(
				reference.serviceUrl,
				(client) => client.conversations.sendToConversation(conversationId, activity),
				activity,
			);
			const posted = Posted.safeParse(answer);
			if (posted.success) return posted.data.id;
			throw new AppError("unavailable", "Teams took the message without saying where it stands.");
		},
		async update(reference, conversationId, messageId, message) {
			const activity = { ...activityOf(reference, conversationId, message), id: messageId };
			await toService(
				reference.serviceUrl,
				(client) => client.conversations.updateActivity(conversationId, messageId, activity),
				activity,
			);
		},
		async typing(reference, conversationId) {
			const activity = { ...addressOf(reference, conversationId), type: "typing" };
			await toService(
				reference.serviceUrl,
				(client) => client.conversations.sendToConversation(conversationId, activity),
				activity,
			);
		},
		async member({ serviceUrl, conversationId, userId }) {
			try {
				const answer = await toService(serviceUrl, (client) =>
					client.conversations.getConversationMember(conversationId, userId),
				);
				return TeamsMember.safeParse(answer).data;
			} catch (error) {
				if (error instanceof AppError && error.code === "not_found") return undefined;
				throw error;
			}
		},
	};
}

/** What one call sends and gets as JSON. The client itself would drop what its own schemas do not know. */
type Exchange = { readonly token: string; readonly sent?: string; answer?: unknown };

/** A client for one exchange. Its own HTTP client, with its retries and redirects, is replaced by ours. */
async function connectorClient(
	serviceUrl: string,
	exchange: Exchange,
	options: TeamsConnectorOptions,
): Promise<ConnectorClient> {
	const { ConnectorClient: Client } = await import(
		"botframework-connector/lib/connectorApi/connectorClient.js"
	);
	return new Client(
		{ signRequest: async (request) => request },
		{
			baseUri: serviceUrl.replace(/\/*$/, "/"),
			httpClient: {
				async sendRequest(request) {
					const { method, url } = request;
					const body = exchange.sent;
					const headers = {
						authorization: `Bearer ${exchange.token}`,
						accept: "application/json",
						...(body === undefined ? {} : { "content-type": "application/json; charset=utf-8" }),
					};
					const given = await sendToConnector(
						{ method, url, headers, ...(body === undefined ? {} : { body }) },
						options,
					);
					exchange.answer = given.body.trim() === "" ? undefined : parsed(given.body);
					return { request, status: given.status, headers: request.headers, bodyAsText: "{}" };
				},
			},
		},
	);
}

function addressOf(reference: ConversationReference, conversationId: string): Partial<Activity> {
	const { botId, tenantId, conversationType } = reference;
	return {
		channelId: "msteams",
		from: { id: botId, name: "" },
		conversation: {
			id: conversationId,
			conversationType,
			tenantId,
			isGroup: conversationType !== "personal",
			name: "",
		},
	};
}

/** The message as Teams takes it, once it is known to be one that Teams takes. */
function activityOf(
	reference: ConversationReference,
	conversationId: string,
	{ card, summary, entities }: TeamsMessage,
): Partial<Activity> {
	const activity: Partial<Activity> = {
		...addressOf(reference, conversationId),
		type: "message",
		summary,
		attachments: [{ contentType: CARD, content: card }],
		...(entities ? { entities: entities.map((entity) => ({ type: "", ...entity })) } : {}),
	};
	const problems = lintCard(card);
	if (utf16Bytes(activity) > LIMITS.messageBytes + ADDRESS_BYTES) problems.push("the message is too large");
	if (problems.length === 0) return activity;
	throw new AppError("invalid", "A message does not fit into Teams; the log has the detail.", {
		detail: problems.join("; "),
	});
}

// The summary, the address and the marks of a message, beside its card.
const ADDRESS_BYTES = 10_000;

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new AppError("unavailable", "Teams answered something that is no JSON.");
	}
}
