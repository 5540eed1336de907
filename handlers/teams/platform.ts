import type { Conversation } from "../../src/domain/chat-event.ts";
import type { ChatMessage } from "../../src/domain/chat-message.ts";
import { AppError } from "../../src/domain/errors.ts";
import type { ChatPlatform } from "../../src/ports/chat-platform.ts";
import type { ConversationStore } from "../../src/ports/chat-stores.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { Logger } from "../../src/ports/logger.ts";
import type { SharedCharts } from "./charts/share-chart.ts";
import type { TeamsConnector } from "./connector/connector.ts";
import { findReference } from "./connector/find-reference.ts";
import { channelIdOf, threadIdOf } from "./conversation-id.ts";
import { LIMITS } from "./limits.ts";
import type { TeamsMessage } from "./render/render-element.ts";
import { renderMessage } from "./render/render-message.ts";

/** The platform's name in conversations and identities. */
export const TEAMS = "teams";

/** What speaking in Teams needs. */
export type TeamsPlatformOptions = {
	readonly connector: Pick<TeamsConnector, "send" | "update">;
	readonly conversations: Pick<ConversationStore, "get" | "list">;
	readonly charts: Pick<SharedCharts, "share">;
	/** Who may decide on a request: ids of Entra objects, or `29:` ids. Their clients ask for a card with buttons. */
	mayDecide(approvalId: string): Promise<readonly string[]>;
	/** Whether pictures of this conversation are dark or light. */
	surfaceOf?(conversation: Conversation): "dark" | "light";
	readonly clock: Clock;
	readonly logger: Logger;
	/** IANA name, for times that clients do not format. */
	readonly timeZone: string;
	readonly consoleUrl?: string;
	readonly defaultConversationId?: string;
};

const POSTS_REMEMBERED = 500;

/** Teams as a chat platform: cards without decisions for all, which those who may decide see with them. */
export function teamsPlatform(options: TeamsPlatformOptions): ChatPlatform {
	const { connector, conversations, defaultConversationId } = options;
	// The parts of a long message that stand already, by its key: another try goes on behind them.
	const begun = new Map<string, readonly string[]>();
	const draw = async (conversation: Conversation, message: ChatMessage, owner: string) =>
		renderMessage(message, await renderOptions(options, conversation, message, owner));
	return {
		name: TEAMS,
		paceMs: LIMITS.paceMs,
		async post(conversation, message, key) {
			const reference = await findReference(conversations, conversation);
			const parts = await draw(conversation, message, key ?? conversation.id);
			const slot = key === undefined ? undefined : `${conversation.id} ${key}`;
			const posted = slot === undefined ? [] : [...(begun.get(slot) ?? [])];
			for (const part of parts.slice(posted.length)) {
				posted.push(await connector.send(reference, placeOfPart(conversation, posted[0]), part));
				if (slot !== undefined) remember(begun, slot, posted);
			}
			const [first] = posted;
			if (first === undefined) throw new AppError("internal", "A message became no card.");
			return first;
		},
		async update(conversation, reference, message) {
			const known = await findReference(conversations, conversation);
			const [first] = await draw(conversation, message, reference);
			if (!first) return false;
			return updateFirst(connector, known, conversation.id, reference, first);
		},
		threadOf(conversation, reference) {
			const id = threadIdOf(conversation.id, reference);
			return id === undefined ? undefined : { platform: conversation.platform, id };
		},
		channelOf: (conversation) => ({
			platform: conversation.platform,
			id: channelIdOf(conversation.id),
		}),
		defaultConversation: () =>
			defaultConversationId === undefined ? undefined : { platform: TEAMS, id: defaultConversationId },
	};
}

/** The rest of a long text stands in the thread of its first part, where there are threads. */
function placeOfPart(conversation: Conversation, first: string | undefined): string {
	return (first === undefined ? undefined : threadIdOf(conversation.id, first)) ?? conversation.id;
}

async function updateFirst(
	connector: Pick<TeamsConnector, "update">,
	known: Parameters<TeamsConnector["update"]>[0],
	conversationId: string,
	messageId: string,
	message: TeamsMessage,
): Promise<boolean> {
	try {
		await connector.update(known, conversationId, messageId, message);
		return true;
	} catch (error) {
		if (error instanceof AppError && error.code === "not_found") return false;
		throw error;
	}
}

async function renderOptions(
	options: TeamsPlatformOptions,
	conversation: Conversation,
	message: ChatMessage,
	owner: string,
): Promise<Parameters<typeof renderMessage>[1]> {
	const { clock, timeZone, consoleUrl, charts } = options;
	const [chartUrl, refreshUserIds] = await Promise.all([
		orNothing(options.logger, charts.share(message, owner, options.surfaceOf?.(conversation) ?? "dark")),
		orNothing(options.logger, deciders(options, message)),
	]);
	return {
		nowMs: clock.now(),
		timeZone,
		viewer: "reader",
		...(consoleUrl === undefined ? {} : { consoleUrl }),
		...(chartUrl === undefined ? {} : { chartUrl }),
		...(refreshUserIds === undefined ? {} : { refreshUserIds }),
	};
}

/** Whose clients are to ask for their own card: those who may decide, while there is something to decide. */
async function deciders(
	options: TeamsPlatformOptions,
	{ plan, buttons }: ChatMessage,
): Promise<readonly string[] | undefined> {
	const waits = buttons.some(({ action }) => action === "approve" || action === "deny");
	return plan && waits ? options.mayDecide(plan.approvalId) : undefined;
}

/** A message is posted without its picture rather than not at all. */
async function orNothing<T>(logger: Logger, work: Promise<T>): Promise<T | undefined> {
	try {
		return await work;
	} catch (error) {
		logger.warn("A card in Teams is shown without a part of it.", { error });
		return undefined;
	}
}

function remember(begun: Map<string, readonly string[]>, slot: string, posted: readonly string[]): void {
	begun.delete(slot);
	begun.set(slot, [...posted]);
	for (const oldest of begun.keys()) {
		if (begun.size <= POSTS_REMEMBERED) break;
		begun.delete(oldest);
	}
}
