import { attachmentsProblem } from "./card-problem.ts";
import type { Conversations, Place } from "./conversations.ts";
import { type Answer, connectorError } from "./http-answer.ts";

const MAXIMUM_BYTES = 100 * 1024;

/** One call of the connector's version 3 interface, after its token was checked. */
export type ConnectorCall = {
	readonly method: string;
	/** Below the service address, such as /v3/conversations/x/activities. */
	readonly path: string;
	readonly body: string;
};

/** Plays `/v3/conversations`: posting, replying, editing, deleting, members, making a conversation. */
export function answerConnectorCall(all: Conversations, call: ConnectorCall): Answer {
	const parts = call.path.split("/").slice(1).map(decodeURIComponent);
	if (parts[0] !== "v3" || parts[1] !== "conversations") return unknownPath();
	const [, , conversation, collection, item] = parts;
	const read = readActivity(call);
	if ("refused" in read) return read.refused;
	const { activity } = read;
	if (conversation === undefined) return call.method === "POST" ? create(all, activity) : unknownPath();
	const place = all.place(conversation);
	const closed = closedAnswer(place);
	if (closed || !place) return closed ?? unknownPath();
	if (collection === "members" && call.method === "GET") return members(place, item);
	if (collection !== "activities") return unknownPath();
	if (call.method === "POST") return post(all, conversation, activity);
	if (item === undefined) return unknownPath();
	if (call.method === "PUT" || call.method === "DELETE") {
		const kept = all.change(item, call.method === "PUT" ? activity : undefined);
		return kept
			? { status: 200, body: { id: item } }
			: connectorError(404, "ActivityNotFoundInConversation", "The message was not found.");
	}
	return unknownPath();
}

type Activity = Readonly<Record<string, unknown>>;
type ReadActivity = { readonly activity: Activity } | { readonly refused: Answer };

function readActivity(call: ConnectorCall): ReadActivity {
	if (call.body === "") return { activity: {} };
	if (call.body.length * 2 > MAXIMUM_BYTES)
		return { refused: connectorError(413, "MessageSizeTooBig", "Message size too large.") };
	try {
		const activity = JSON.parse(call.body) as Activity;
		const problem = attachmentsProblem(activity.attachments);
		return problem === undefined
			? { activity }
			: { refused: connectorError(400, "BadSyntax", `Bad format of the card: ${problem}`) };
	} catch {
		return { refused: connectorError(400, "BadSyntax", "Failed to parse the request body.") };
	}
}

function closedAnswer(place: Place | undefined): Answer | undefined {
	if (!place || place.closed === "deleted")
		return connectorError(404, "ConversationNotFound", "Conversation not found.");
	if (place.closed === "removed")
		return connectorError(
			403,
			"BotNotInConversationRoster",
			"The bot is not part of the conversation roster.",
		);
	return undefined;
}

function post(all: Conversations, conversation: string, activity: Activity): Answer {
	if (activity.type === "typing") return { status: 202, body: {} };
	if (activity.type !== "message")
		return connectorError(400, "BadSyntax", `Unknown activity type ${String(activity.type)}.`);
	if (activity.text === undefined && activity.attachments === undefined)
		return connectorError(400, "BadSyntax", "The message has no content.");
	return { status: 201, body: { id: all.keep(conversation, activity).id } };
}

function members(place: Place, id: string | undefined): Answer {
	const told = place.members.map((member) => ({ userRole: "user", ...member }));
	if (id === undefined) return { status: 200, body: told };
	const found = told.find((member) => member.id === id || member.aadObjectId === id);
	return found
		? { status: 200, body: found }
		: connectorError(404, "MemberNotFoundInConversation", "The member was not found in the conversation.");
}

function create(all: Conversations, request: Activity): Answer {
	const first = request.activity as Activity | undefined;
	const wanted = request.channelData as { channel?: { id?: string } } | undefined;
	const channelId = wanted?.channel?.id;
	if (channelId !== undefined) {
		const closed = closedAnswer(all.place(channelId));
		if (closed) return closed;
		if (!first) return connectorError(400, "BadSyntax", "A thread begins with a message.");
		const root = all.keep(channelId, first);
		return { status: 201, body: { id: `${channelId};messageid=${root.id}`, activityId: root.id } };
	}
	const [member] = (request.members ?? []) as readonly { readonly id?: string }[];
	if (typeof member?.id !== "string") return connectorError(400, "BadSyntax", "Name the member to talk to.");
	const place = all.personalWith(member.id);
	const closed = closedAnswer(place);
	if (closed) return closed;
	const kept = first === undefined ? undefined : all.keep(place.id, first);
	return { status: 201, body: { id: place.id, ...(kept ? { activityId: kept.id } : {}) } };
}

function unknownPath(): Answer {
	return connectorError(404, "NotFound", "There is nothing at this address.");
}
