import { setTimeout as pause } from "node:timers/promises";
import { asText } from "../../fakes/slack/json-object.ts";
import { BOT_USER_ID, type ResponseUrl } from "../../fakes/slack/workspace-state.ts";
import { type Dice, diceOf } from "../dice.ts";
import type { Deed, Span } from "../evidence.ts";
import type { Cast, Press, Trial } from "../trial.ts";
import type { PostedCard } from "../world/chat.ts";
import type { World } from "../world/open-world.ts";
import { deliverUntilHeard } from "./deliver-until-heard.ts";
import { takeTurn } from "./take-turn.ts";

/** A deed with where its answer comes: to the person alone, or below what was said. */
export type Done = Omit<Deed, "told"> & { readonly response?: ResponseUrl; readonly thread?: string };

/** What a life did, before anybody looks at what came of it. */
export type Lived = {
	readonly trial: Trial;
	readonly target: string;
	readonly startedAtMs: number;
	readonly deeds: readonly Done[];
	readonly demoted: readonly Span[];
};

/** What parts of a life write into while it goes on. */
export type Diary = {
	readonly deeds: Done[];
	readonly demoted: Span[];
};

const LOOK_EVERY_MS = 200;
const PATIENCE_MS = 30_000;

/**
 * Lives one approval's life as the people in it: somebody asks, a card appears, others press. Everybody repeats what
 * was not acknowledged; nobody repeats what was. Ends when all have done their part, or once `isOver`.
 */
export async function live(world: World, trial: Trial, isOver: () => boolean): Promise<Lived> {
	const dice = diceOf("life", trial.number, trial.slot);
	const diary: Diary = { deeds: [], demoted: [] };
	await pause(trial.startAfterMs);
	const startedAtMs = Date.now();
	const target = world.cloud.prepare(trial);
	const request = world.cloud.request(trial);
	const ask = () =>
		request.kind === "words"
			? say(world, trial, request.text, dice, diary)
			: command(world, trial, "asker", request.text, "ask", diary, dice);
	await ask();
	const card = await pressable(world, trial, startedAtMs, diary, isOver);
	if (card)
		await Promise.all([
			...trial.presses.map((press) => doPress(world, trial, press, card, dice, diary)),
			...trial.turns.map((turn) => takeTurn(world, trial, turn, { card, target, diary, dice, ask })),
		]);
	return { trial, target, startedAtMs, ...diary };
}

/** Slack tells of a mention twice; it is heard once one of them is. */
async function say(
	{ chat }: World,
	{ slot, askCopies }: Trial,
	text: string,
	dice: Dice,
	{ deeds }: Diary,
): Promise<void> {
	await deliverUntilHeard(
		async () => {
			const { ts, deliveries } = await chat.slack.say(
				"asker",
				chat.channel(slot),
				`<@${BOT_USER_ID}> ${text}`,
			);
			chat.noteThread(slot, ts);
			const heard = deliveries.find(({ status }) => status === 200) ?? deliveries.at(-1);
			if (!heard) throw new Error("nobody was told");
			return { ...heard, thread: ts };
		},
		askCopies,
		dice,
		({ thread }, acknowledged) =>
			deeds.push({ kind: "ask", who: "asker", acknowledged, atMs: Date.now(), thread }),
	);
}

/** Somebody writes a command until it is heard. */
export async function command(
	{ chat }: World,
	{ slot, askCopies }: Trial,
	who: Cast,
	text: string,
	kind: Deed["kind"],
	{ deeds }: Diary,
	dice: Dice,
): Promise<void> {
	await deliverUntilHeard(
		() => chat.slack.slash(who, chat.channel(slot), text),
		askCopies,
		dice,
		({ response }, acknowledged) => deeds.push({ kind, who, acknowledged, atMs: Date.now(), response }),
	);
}

/**
 * The card of this life's request, once it can be pressed. Earlier lives of the channel left theirs without buttons.
 * Whoever is told something else, and sees no card for a while, leaves it at that.
 */
async function pressable(
	{ chat }: World,
	{ slot }: Trial,
	startedAtMs: number,
	{ deeds }: Diary,
	isOver: () => boolean,
): Promise<PostedCard | undefined> {
	let toldAtMs: number | undefined;
	while (!isOver()) {
		const cards = await chat.cards(slot);
		const found = cards.find(
			({ hasButtons, raw }) => hasButtons && Number(raw.ts) * 1000 >= startedAtMs - 1_000,
		);
		if (found) return found;
		if (deeds.some(isAnswered)) toldAtMs ??= Date.now();
		if (Date.now() > (toldAtMs ?? Number.POSITIVE_INFINITY) + PATIENCE_MS) return undefined;
		await pause(LOOK_EVERY_MS);
	}
	return undefined;
}

/** Told more than that it is being worked on. */
function isAnswered({ response }: Done): boolean {
	return (response?.posts ?? []).some(({ text }) => !asText(text).startsWith("Reading the numbers"));
}

async function doPress(
	{ chat }: World,
	trial: Trial,
	{ who, verdict, afterMs, copies }: Press,
	card: PostedCard,
	dice: Dice,
	{ deeds }: Diary,
): Promise<void> {
	await pause(afterMs);
	const approvalId = card.key.slice("approval:".length);
	await deliverUntilHeard(
		() =>
			chat.slack.click(
				chat.account(who, trial.slot),
				chat.channel(trial.slot),
				card.raw,
				`approval.${verdict}`,
				{ actionTs: chat.nextPressTime() },
			),
		copies,
		dice,
		({ response }, acknowledged) =>
			deeds.push({ kind: verdict, who, acknowledged, atMs: Date.now(), approvalId, response }),
	);
}
