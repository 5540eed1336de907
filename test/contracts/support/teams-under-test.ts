import { invokeActivity, messageActivity } from "../../fakes/bot-connector/activities.ts";
import { cardProblem } from "../../fakes/bot-connector/card-problem.ts";
import type { Member, Place } from "../../fakes/bot-connector/conversations.ts";
import type { BotConnector } from "../../fakes/bot-connector/start-bot-connector.ts";
import { teamsMarkdown } from "../../support/teams-markdown.ts";
import { HIDDEN } from "./hidden-characters.ts";
import {
	type Name,
	PEOPLE,
	type PlatformUnderTest,
	type Shown,
	type Verdict,
} from "./platform-under-test.ts";
import { untilTaken } from "./until-taken.ts";

type Node = Readonly<Record<string, unknown>>;
type Reply = { readonly statusCode?: number; readonly type?: string; readonly value?: unknown };

const VERBS: Readonly<Record<Verdict, string>> = { approve: "approval.approve", deny: "approval.deny" };
const CARD = "application/vnd.microsoft.card.adaptive";
/** About 100 KB of UTF-16 is what Teams takes. */
const MAXIMUM_CHARACTERS = 50_000;

const memberOf = (name: Name): Member => ({
	id: `29:${name}`,
	name,
	aadObjectId: `0a0a0a0a-0000-4000-8000-00000000000${PEOPLE.indexOf(name)}`,
});

/** The channel of the contract. */
export const TEAMS_CHANNEL: Place = {
	id: "19:ops@thread.tacv2",
	kind: "channel",
	name: "Operations",
	members: PEOPLE.map(memberOf),
};

/** Teams: activities with signed tokens, and cards as each client shows them after its own refresh. */
export function teamsUnderTest(
	connector: BotConnector,
	appUrl: string,
	consoleUrl: string,
	place = TEAMS_CHANNEL,
): PlatformUnderTest {
	const { source, conversations } = connector;
	const told: { readonly person: Name; readonly text: string }[] = [];
	const offered = new Map<Name, { readonly data: Node; readonly replyToId: string }>();

	const invoke = async (person: Name, action: Node, replyToId: string, trigger: "manual" | "automatic") => {
		const { verb, data } = action as { readonly verb: string; readonly data?: Node };
		const activity = invokeActivity(source, {
			place,
			from: memberOf(person),
			verb,
			replyToId,
			trigger,
			...(data ? { data } : {}),
		});
		const { status, body } = await untilTaken(() => connector.deliver(appUrl, activity));
		expect(status).toBe(200);
		return body as Reply;
	};
	const seenBy = async (person: Name, card: Node, id: string): Promise<Node> => {
		const refresh = card.refresh as
			| { readonly action: Node; readonly userIds: readonly string[] }
			| undefined;
		const { id: ownId, aadObjectId = "" } = memberOf(person);
		if (![ownId, `8:orgid:${aadObjectId}`].some((one) => refresh?.userIds.includes(one))) return card;
		const reply = await invoke(person, refresh?.action ?? {}, id, "automatic");
		return reply.type === CARD ? (reply.value as Node) : card;
	};
	const take = (person: Name, reply: Reply, replyToId: string) => {
		if (reply.type !== CARD) {
			const { message } = (reply.value ?? {}) as { readonly message?: string };
			told.push({ person, text: typeof reply.value === "string" ? reply.value : (message ?? "") });
			return;
		}
		const card = reply.value as Node;
		told.push({ person, text: readable(textsIn(card).join("\n")) });
		const offer = actionsIn(card).find(({ verb }) => verb === "decision.reason");
		if (offer) offered.set(person, { data: offer.data as Node, replyToId });
	};
	return {
		name: "teams",
		hasThreads: true,
		place: { platform: "teams", id: place.id },
		identity: (person) => `teams:${connector.tenant}:${memberOf(person).aadObjectId}`,
		say: async (person, text, thread) => {
			const from = memberOf(person);
			const activity = messageActivity(source, {
				place,
				from,
				text,
				...(thread === undefined ? {} : { thread }),
			});
			expect((await untilTaken(() => connector.deliver(appUrl, activity))).status).toBe(200);
			return thread ?? String(activity.id);
		},
		press: async (person, { raw, reference }, verdict) => {
			const action = actionsIn(raw).find(({ verb }) => verb === VERBS[verdict]);
			if (!action) throw new Error(`the card has no ${verdict}`);
			take(person, await invoke(person, action, reference, "manual"), reference);
		},
		giveReason: async (person, reason) => {
			const offer = offered.get(person);
			if (!offer) throw new Error(`${person} was offered no place for a reason`);
			const action = { verb: "decision.reason", data: { ...offer.data, reason } };
			take(person, await invoke(person, action, offer.replyToId, "manual"), offer.replyToId);
		},
		messagesShown: async (person) => {
			const kept = conversations.list().filter((one) => one.place === place.id && !one.deleted);
			const all: Shown[] = [];
			for (const { id, conversation, activity } of kept) {
				const root = /;messageid=(.+)$/.exec(conversation)?.[1];
				const thread = root === undefined || root === id ? {} : { thread: root };
				const attached = (activity.attachments as readonly { readonly content: Node }[] | undefined)?.[0];
				const card = attached ? await seenBy(person, attached.content, id) : {};
				all.push({ ...shown(id, activity, card, consoleUrl), ...thread });
			}
			return all;
		},
		toldAlone: (person) => told.filter((one) => one.person === person).map(({ text }) => text),
	};
}

function shown(reference: string, activity: Node, card: Node, consoleUrl: string): Shown {
	const texts = textsIn(card);
	const size = JSON.stringify(activity).length + JSON.stringify(card).length;
	const problem =
		cardProblem(card) ?? (size > 2 * MAXIMUM_CHARACTERS ? "larger than Teams takes" : undefined);
	const plain = [activity.text, activity.summary, card.fallbackText, card.speak].filter(
		(text) => typeof text === "string",
	);
	const addresses = actionsIn(card).flatMap(({ url }) => (typeof url === "string" ? [url] : []));
	return {
		reference,
		text: readable(texts.join("\n")),
		buttons: (["approve", "deny"] as const).filter((verdict) =>
			actionsIn(card).some(({ verb }) => verb === VERBS[verdict]),
		),
		live: [
			...markdownIn(card)
				.flatMap((text) => [...teamsMarkdown(text).matchAll(/<(?!\/?(?:p|b|i|s)>)[a-z/!?][^>]*>/gi)])
				.map(String),
			...addresses.filter((url) => !url.startsWith(consoleUrl)),
			...[...JSON.stringify(activity.entities ?? []).matchAll(/"type":"mention"/g)].map(String),
			...[...[...texts, ...plain].join("\n").matchAll(HIDDEN)].map((match) => JSON.stringify(match[0])),
		],
		...(problem === undefined ? {} : { problem }),
		raw: card,
	};
}

/** All words of a card: of its texts, facts and the titles of its buttons. */
function textsIn(value: unknown): readonly string[] {
	if (Array.isArray(value)) return value.flatMap(textsIn);
	if (typeof value !== "object" || value === null) return [];
	const { data: _data, refresh: _refresh, msteams: _msteams, ...members } = value as Node;
	const own = ["text", "title", "value", "altText", "label"];
	return Object.entries(members).flatMap(([key, member]) =>
		own.includes(key) && typeof member === "string" ? [member] : textsIn(member),
	);
}

/** The words in which clients read Markdown: those of TextBlocks and facts. */
function markdownIn(value: unknown): readonly string[] {
	if (Array.isArray(value)) return value.flatMap(markdownIn);
	if (typeof value !== "object" || value === null) return [];
	const node = value as Node;
	if (typeof node.type === "string" && node.type.startsWith("Action.")) return [];
	if (node.type === "TextBlock") return [String(node.text)];
	const { refresh: _refresh, ...members } = node;
	const isFact = typeof node.title === "string" && typeof node.value === "string";
	return isFact ? [String(node.title), String(node.value)] : Object.values(members).flatMap(markdownIn);
}

function actionsIn(value: unknown): readonly Node[] {
	if (Array.isArray(value)) return value.flatMap(actionsIn);
	if (typeof value !== "object" || value === null) return [];
	const node = value as Node;
	const { refresh: _refresh, ...members } = node;
	const isAction = typeof node.type === "string" && node.type.startsWith("Action.");
	return [...(isAction ? [node] : []), ...Object.values(members).flatMap(actionsIn)];
}

function readable(text: string): string {
	return text
		.replaceAll(/\\([!-/:-@[-`{-~])/g, "$1")
		.replaceAll("&lt;", "<")
		.replaceAll("&gt;", ">")
		.replaceAll("&amp;", "&")
		.replaceAll("**", "");
}
