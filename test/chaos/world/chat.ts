import { asObject, asText, type JsonObject } from "../../fakes/slack/json-object.ts";
import { type SlackHarness, startSlack } from "../../fakes/slack/slack-harness.ts";
import { TEAM_ID } from "../../fakes/slack/workspace-state.ts";
import type { Card } from "../evidence.ts";
import { CAST } from "../trial.ts";

/** A message that is a card, as Slack has it. */
export type PostedCard = Card & { readonly raw: JsonObject };

/** A Slack workspace in which each slot has a channel and somebody who will be demoted. */
export type Chat = {
	readonly slack: SlackHarness;
	channel(slot: number): string;
	/** The account of somebody of the cast, or of the one to be demoted in a slot. */
	account(who: string, slot: number): string;
	identity(account: string): string;
	/** The cards in a channel, of requests alone. Cheap where nothing was posted since. */
	cards(slot: number): Promise<readonly PostedCard[]>;
	/** Has the thread below a message looked through too. */
	noteThread(slot: number, ts: string): void;
	/** The moment of a press as Slack gives it: no two are alike. */
	nextPressTime(): string;
	/** Forgets the log of calls, so that a long run stays small. */
	forgetCalls(): void;
};

/** A call is noted before it is carried out. */
const SETTLES_MS = 1_000;

export async function openChat(slots: number): Promise<Chat> {
	const numbers = Array.from({ length: slots }, (_, slot) => slot);
	const channel = (slot: number) => `life-${slot}`;
	const demoted = (slot: number) => `demoted-${slot}`;
	const slack = await startSlack({
		people: [...CAST, ...numbers.map(demoted)],
		channels: numbers.map(channel),
	});
	/** When a channel was last posted to, and what was last read there. */
	const posted = new Map<string, number>();
	const read = new Map<number, { readonly atMs: number; readonly cards: readonly PostedCard[] }>();
	const threads = new Map<number, readonly string[]>();
	let counted = 0;
	let presses = 0;
	const notePosts = () => {
		for (const { method, args, atMs } of slack.state.calls.slice(counted))
			if (method.startsWith("chat.")) posted.set(asText(args.channel), atMs);
		counted = slack.state.calls.length;
	};
	return {
		slack,
		channel,
		account: (who, slot) => (who === "demoted" ? demoted(slot) : who),
		identity: (account) => `slack:${TEAM_ID}:${slack.userId(account)}`,
		cards: async (slot) => {
			notePosts();
			const known = read.get(slot);
			const changedAtMs = posted.get(slack.channelId(channel(slot))) ?? 0;
			if (known && changedAtMs + SETTLES_MS < known.atMs) return known.cards;
			const atMs = Date.now();
			const below = (threads.get(slot) ?? []).map(async (ts) => {
				const messages = await slack.messages(channel(slot), ts);
				return messages.flatMap((message) => toCard(message, ts));
			});
			const inChannel = (await slack.messages(channel(slot))).flatMap((message) => toCard(message, ""));
			const cards = [...inChannel, ...(await Promise.all(below)).flat()];
			read.set(slot, { atMs, cards });
			return cards;
		},
		noteThread: (slot, ts) => void threads.set(slot, [...(threads.get(slot) ?? []), ts]),
		nextPressTime: () => {
			presses += 1;
			return `${Math.floor(Date.now() / 1000)}.${String(presses % 1_000_000).padStart(6, "0")}`;
		},
		forgetCalls: () => {
			notePosts();
			for (const log of [slack.state.calls, slack.state.responses, slack.state.ephemerals]) log.length = 0;
			counted = 0;
			threads.clear();
		},
	};
}

function toCard(message: JsonObject, thread: string): readonly PostedCard[] {
	const payload = asObject(asObject(message.metadata).event_payload);
	const key = asText(payload.key);
	if (!/^approval:[^:]+$/.test(key)) return [];
	const text = JSON.stringify(message.blocks ?? "");
	return [{ thread, key, text, hasButtons: text.includes('"approval.approve"'), raw: message }];
}
