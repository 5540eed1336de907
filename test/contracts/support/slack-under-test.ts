import { slackConversation } from "../../../handlers/slack/conversation-id.ts";
import { refuseMessage } from "../../fakes/slack/block-limits.ts";
import { asObject, asObjects, asText, type JsonObject } from "../../fakes/slack/json-object.ts";
import type { SlackHarness } from "../../fakes/slack/slack-harness.ts";
import { BOT_USER_ID, type ResponseUrl, TEAM_ID } from "../../fakes/slack/workspace-state.ts";
import { until } from "../../support/until.ts";
import { HIDDEN } from "./hidden-characters.ts";
import type { Name, PlatformUnderTest, Shown, Verdict } from "./platform-under-test.ts";
import { untilTaken } from "./until-taken.ts";

const ACTIONS: Readonly<Record<Verdict, string>> = { approve: "approval.approve", deny: "approval.deny" };

/** Slack: signed deliveries from the emulated workspace, and its channel as its clients show it. */
export function slackUnderTest(slack: SlackHarness, channel: string, consoleUrl: string): PlatformUnderTest {
	const responses: { readonly person: Name; readonly response: ResponseUrl }[] = [];
	const alone = (person: Name): readonly JsonObject[] => [
		...responses.filter((one) => one.person === person).flatMap(({ response }) => response.posts),
		...slack.state.ephemerals.filter(({ user }) => user === slack.userId(person)).map((one) => ({ ...one })),
	];
	const shown = (message: JsonObject): Shown => {
		const { reference, thread } = placeOf(message);
		const blocks = asObjects(message.blocks);
		const refusal = refuseMessage({ text: asText(message.text), blocks }, false, () => true);
		return {
			reference,
			...(thread === undefined ? {} : { thread }),
			text: readable([...textsIn(blocks), ...(blocks.length === 0 ? [asText(message.text)] : [])].join("\n")),
			buttons: (["approve", "deny"] as const).filter((verdict) =>
				JSON.stringify(blocks).includes(`"${ACTIONS[verdict]}"`),
			),
			live: liveIn(message, consoleUrl),
			...(refusal ? { problem: refusal.why } : {}),
			raw: message,
		};
	};
	return {
		name: "slack",
		hasThreads: true,
		place: slackConversation(slack.channelId(channel)),
		identity: (person) => `slack:${TEAM_ID}:${slack.userId(person)}`,
		say: async (person, text, thread) => {
			const options = thread === undefined ? {} : { threadTs: thread };
			const said = await slack.say(person, channel, `<@${BOT_USER_ID}> ${text}`, options);
			for (const first of said.deliveries) {
				const taken = first.status === 503 ? await untilTaken(() => first.repeat({ retryNum: 1 })) : first;
				expect(taken.status).toBe(200);
			}
			return thread ?? said.ts;
		},
		press: async (person, { raw }, verdict) => {
			const pressed = await untilTaken(() => slack.click(person, channel, asObject(raw), ACTIONS[verdict]));
			expect(pressed.status).toBe(200);
			responses.push({ person, response: pressed.response });
		},
		giveReason: async (person, reason) => {
			const offer = alone(person).findLast((one) => JSON.stringify(one).includes("approval.reason"));
			const views = slack.state.views.length;
			const asked = await untilTaken(() =>
				slack.click(person, channel, asObject(offer), "approval.reason", { isEphemeral: true }),
			);
			expect(asked.status).toBe(200);
			await until(() => slack.state.views.length > views);
			const opened = asObject(slack.state.views.at(-1)?.view);
			const values = { reason: { reason: { type: "plain_text_input", value: reason } } };
			expect((await untilTaken(() => slack.submit(person, opened, values))).status).toBe(200);
		},
		messagesShown: async () => {
			const all = await slack.messages(channel);
			const found: JsonObject[] = [];
			for (const message of all) {
				const isRoot = Number(message.reply_count ?? 0) > 0;
				const replies = isRoot ? await slack.messages(channel, asText(message.ts)) : [message];
				for (const one of replies) if (!found.some(({ ts }) => ts === one.ts)) found.push(one);
			}
			return found
				.filter((message) => message.user === BOT_USER_ID || message.bot_id !== undefined)
				.map(shown);
		},
		toldAlone: (person) =>
			alone(person).map((one) => readable(textsIn(asObjects(one.blocks)).join("\n") || asText(one.text))),
	};
}

function placeOf(message: JsonObject): Pick<Shown, "reference" | "thread"> {
	const reference = asText(message.ts);
	const thread = message.thread_ts;
	return { reference, ...(typeof thread === "string" && thread !== reference ? { thread } : {}) };
}

/** Every text in blocks, whatever element it stands in. */
function textsIn(value: unknown): readonly string[] {
	if (Array.isArray(value)) return value.flatMap(textsIn);
	if (typeof value !== "object" || value === null) return [];
	return Object.entries(value).flatMap(([key, member]) =>
		(key === "text" || key === "alt_text") && typeof member === "string" ? [member] : textsIn(member),
	);
}

function readable(text: string): string {
	return text
		.replaceAll(/<!date\^[^|>]*\|([^>]*)>/g, "$1")
		.replaceAll(/(?<=^|[\s(])\*([^*\n]+)\*/gm, "$1")
		.replaceAll("&lt;", "<")
		.replaceAll("&gt;", ">")
		.replaceAll("&amp;", "&");
}

/** What of a message's words Slack reads as more than text: those of mrkdwn, and the notification's. */
function mrkdwnIn(value: unknown): readonly string[] {
	if (Array.isArray(value)) return value.flatMap(mrkdwnIn);
	if (typeof value !== "object" || value === null) return [];
	const { type, text } = value as JsonObject;
	return type === "mrkdwn" && typeof text === "string" ? [text] : Object.values(value).flatMap(mrkdwnIn);
}

/** Slack reads `<...>` in mrkdwn as a mention, date or link; rich text names them as elements. */
function liveIn(message: JsonObject, consoleUrl: string): readonly string[] {
	const blocks = asObjects(message.blocks);
	const read = [asText(message.text), ...mrkdwnIn(blocks)].join("\n");
	const marked = [...read.matchAll(/<([^<>]+)>/g)].map((match) => match[1] ?? "");
	const isOwn = (mark: string) => mark.startsWith("!date^") || mark.startsWith(consoleUrl);
	const elements = /"type":"(?:user|usergroup|channel|broadcast|link|emoji)"/g;
	return [
		...marked.filter((mark) => !isOwn(mark)),
		...[...JSON.stringify(blocks).matchAll(elements)].map(String),
		...[...[read, ...textsIn(blocks)].join("\n").matchAll(HIDDEN)].map((match) => JSON.stringify(match[0])),
	];
}
