import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { slackConversation } from "../../../handlers/slack/conversation-id.ts";
import { type SlackPlatformOptions, slackPlatform } from "../../../handlers/slack/platform.ts";
import { createSlackClient, type SlackClient } from "../../../handlers/slack/workspace/slack-client.ts";
import type { Conversation } from "../../../src/domain/chat-event.ts";
import { chatMessage } from "../../../src/domain/chat-message.ts";
import type { ChatPlatform } from "../../../src/ports/chat-platform.ts";
import { recordingLogger } from "../../fakes/recording-logger.ts";
import { asObject, asObjects, asText, type JsonObject } from "../../fakes/slack/json-object.ts";
import { type SlackHarness, startSlack } from "../../fakes/slack/slack-harness.ts";
import { BOT_ID } from "../../fakes/slack/workspace-state.ts";
import { SAMPLE_MESSAGES } from "../../fixtures/chat-messages.ts";
import { aChart } from "../support/samples.ts";

const MINUTE_MS = 60_000;
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);

describe("Slack as a chat platform", () => {
	let slack: SlackHarness;
	let client: SlackClient;
	let platform: ChatPlatform;
	let ops: Conversation;
	let nowMs: number;
	let drawn: number;
	let logger: ReturnType<typeof recordingLogger>;

	beforeEach(async () => {
		slack = await startSlack();
		logger = recordingLogger();
		nowMs = Date.now();
		drawn = 0;
		client = await createSlackClient({
			token: slack.botToken,
			apiUrl: slack.apiUrl,
			logger,
			timeoutMs: 400,
		});
		ops = slackConversation(slack.channelId("ops"));
		platform = start();
		nowMs += 3 * MINUTE_MS;
	});
	afterEach(() => slack.close());

	/** A process that begins now. */
	function start(parts: Partial<SlackPlatformOptions> = {}): ChatPlatform {
		return slackPlatform({
			client,
			clock: { now: () => nowMs },
			logger,
			timeZone: "Europe/Berlin",
			consoleUrl: "https://ops.example.com",
			botId: () => BOT_ID,
			renderChart: () => {
				drawn += 1;
				return Promise.resolve(PNG);
			},
			defaultConversation: ops,
			pictureDelayMs: 20,
			partPauseMs: 1,
			...parts,
		});
	}
	const hello = chatMessage({ text: "All is well." });
	const incident = chatMessage({
		title: "Memory of checkout",
		subject: { id: "INC-7", path: "/incidents/INC-7" },
		state: { kind: "anomaly", text: "Above its band" },
		chart: aChart(),
		text: "It rises.",
	});
	const blocksOf = (message: JsonObject | undefined, type: string) =>
		asObjects(message?.blocks).filter((block) => block.type === type);
	const only = async (): Promise<JsonObject> => {
		const messages = await slack.messages("ops");
		expect(messages).toHaveLength(1);
		return messages[0] ?? {};
	};

	test("posts a message, gives its reference, and Slack unfurls nothing in it", async () => {
		const reference = await platform.post(ops, hello);
		expect(await only()).toMatchObject({ ts: reference, unfurl_links: false, unfurl_media: false });
	});

	test("edits in place; a deleted message is false, not an error", async () => {
		const reference = await platform.post(ops, hello);
		expect(await platform.update(ops, reference, chatMessage({ text: "It is over." }))).toBe(true);
		expect(JSON.stringify(await only())).toContain("It is over.");
		expect(await platform.update(ops, "1600000000.000001", hello)).toBe(false);
	});

	test("an edit's notification text stays within what Slack takes of it", async () => {
		const reference = await platform.post(ops, hello);
		expect(await platform.update(ops, reference, chatMessage({ text: "&".repeat(5_000) }))).toBe(true);
		expect(Buffer.byteLength(asText((await only()).text))).toBeLessThanOrEqual(4_000);
	});

	test("posts into threads; the thread below an answer in a thread is that thread", async () => {
		const reference = await platform.post(ops, hello);
		const thread = platform.threadOf(ops, reference);
		expect(thread).toEqual(slackConversation(slack.channelId("ops"), reference));
		if (!thread) throw new Error("no thread");
		const reply = await platform.post(thread, chatMessage({ text: "More of it." }));
		expect((await slack.messages("ops", reference)).map(({ ts }) => ts)).toEqual([reference, reply]);
		expect(platform.threadOf(thread, reply)).toEqual(thread);
		expect(platform.channelOf(thread)).toEqual(ops);
		expect(platform.defaultConversation()).toEqual(ops);
	});

	test("a chart goes as a picture with its alternative text", async () => {
		await platform.post(ops, incident);
		const [file] = [...slack.state.files.values()];
		expect(file).toMatchObject({ altText: "Memory of checkout. It rises.", completed: true });
		expect(file?.bytes).toEqual(PNG);
		const [image] = blocksOf(await only(), "image");
		expect(image).toMatchObject({ slack_file: { id: file?.id }, alt_text: "Memory of checkout. It rises." });
	});

	test("a picture is uploaded again when the chart or the state changed, not with every edit", async () => {
		const reference = await platform.post(ops, incident);
		const nudged = { ...incident, chart: aChart({ endMs: aChart().endMs + 1_000 }) };
		await platform.update(ops, reference, incident);
		await platform.update(ops, reference, nudged);
		expect(drawn).toBe(1);
		await platform.update(ops, reference, { ...nudged, state: { kind: "resolved", text: "Resolved" } });
		expect(drawn).toBe(2);
		nowMs += 2 * MINUTE_MS;
		await platform.update(ops, reference, { ...incident, state: { kind: "resolved", text: "Resolved" } });
		expect(drawn).toBe(3);
	});

	test("a picture that Slack has not looked through yet gets a moment", async () => {
		slack.state.fileRefusals = 1;
		await platform.post(ops, incident);
		expect(blocksOf(await only(), "image")).toHaveLength(1);
		expect(slack.count("chat.postMessage")).toBe(2);
	});

	test("a picture that Slack does not take is left out, and the message says so", async () => {
		slack.state.fileRefusals = 9;
		await platform.post(ops, incident);
		const message = await only();
		expect(blocksOf(message, "image")).toHaveLength(0);
		expect(JSON.stringify(message)).toContain("No picture");
		expect(JSON.stringify(message)).toContain("It rises.");
	});

	test.each([
		["files.getUploadURLExternal", { kind: "hang" }],
		["upload", { kind: "status", status: 500 }],
		["files.completeUploadExternal", { kind: "error", error: "internal_error" }],
		["files.getUploadURLExternal", { kind: "limited", retryAfterSeconds: 5 }],
	] as const)("a message goes out without its picture when %s fails with %j", async (method, fault) => {
		slack.fail(method, fault);
		await platform.post(ops, incident);
		expect(blocksOf(await only(), "image")).toHaveLength(0);
	});

	test("without the scope files:write the message says why it has no picture", async () => {
		slack.state.scopes = ["chat:write"];
		await platform.post(ops, incident);
		expect(JSON.stringify(await only())).toContain("files:write");
	});

	test("a picture goes to no other host than Slack's", async () => {
		slack.fail("files.getUploadURLExternal", {
			kind: "error",
			error: "none",
			extra: { ok: true, upload_url: "http://127.0.0.1:9/steal", file_id: "F1" },
		});
		await platform.post(ops, incident);
		expect(blocksOf(await only(), "image")).toHaveLength(0);
		expect(slack.count("upload")).toBe(0);
	});

	test("a rate limit is the caller's to obey", async () => {
		slack.fail("chat.postMessage", { kind: "limited", retryAfterSeconds: 9 });
		await expect(platform.post(ops, hello)).rejects.toMatchObject({ code: "limited", retryAfterSeconds: 9 });
		expect(slack.count("chat.postMessage")).toBe(1);
		slack.fail("chat.update", { kind: "limited", retryAfterSeconds: 4 });
		await expect(platform.update(ops, "1600000000.000001", hello)).rejects.toMatchObject({
			code: "limited",
			retryAfterSeconds: 4,
		});
	});

	test("a Slack that hangs is unavailable within the timeout", async () => {
		slack.fail("chat.postMessage", { kind: "hang" });
		await expect(platform.post(ops, hello)).rejects.toMatchObject({ code: "unavailable" });
	});

	test("a revoked token, a missing scope and lost channels are told apart", async () => {
		slack.state.scopes = [];
		await expect(platform.post(ops, hello)).rejects.toMatchObject({ code: "forbidden" });
		slack.state.tokenError = "token_revoked";
		await expect(platform.post(ops, hello)).rejects.toMatchObject({ code: "forbidden" });
		slack.state.tokenError = undefined;
		slack.state.scopes = ["chat:write"];
		for (const channel of [{ isArchived: true }, { isDeleted: true }, { botIsOut: true }]) {
			slack.setChannel("ops", channel);
			await expect(platform.post(ops, hello)).rejects.toMatchObject({ code: "gone" });
			await expect(platform.update(ops, "1600000000.000001", hello)).rejects.toMatchObject({ code: "gone" });
		}
	});

	test("after a lost reply the next try finds the first message", async () => {
		slack.fail("chat.postMessage", { kind: "lost-reply" });
		await expect(platform.post(ops, hello, "incident:INC-7")).rejects.toMatchObject({ code: "unavailable" });
		const reference = await platform.post(ops, hello, "incident:INC-7");
		expect((await only()).ts).toBe(reference);
		expect(slack.count("chat.postMessage")).toBe(1);
	});

	test("after a lost reply in a thread the next try finds the first message", async () => {
		const thread = platform.threadOf(ops, await platform.post(ops, hello)) ?? ops;
		slack.fail("chat.postMessage", { kind: "lost-reply" });
		await expect(platform.post(thread, hello, "k")).rejects.toMatchObject({ code: "unavailable" });
		const reference = await platform.post(thread, hello, "k");
		expect((await slack.messages("ops", asText((await only()).ts))).at(-1)?.ts).toBe(reference);
		expect(slack.count("chat.postMessage")).toBe(2);
	});

	test("a process that just began looks for what the one before it posted", async () => {
		const first = await platform.post(ops, hello, "digest:daily:1");
		const restarted = start();
		expect(await restarted.post(ops, hello, "digest:daily:1")).toBe(first);
		expect(await restarted.post(ops, hello, "digest:daily:2")).not.toBe(first);
		nowMs += 3 * MINUTE_MS;
		const asked = slack.count("conversations.history");
		await restarted.post(ops, hello, "digest:daily:3");
		expect(slack.count("conversations.history")).toBe(asked);
	});

	test("what another process may have posted before it could say so is looked for at any time", async () => {
		const first = await platform.post(ops, hello, "approval:A-1");
		const other = start();
		nowMs += 3 * MINUTE_MS;
		expect(await other.post(ops, hello, "approval:A-1", true)).toBe(first);
		expect(await slack.messages("ops")).toHaveLength(1);
	});

	test("what is found standing shows what is posted now, and is found again", async () => {
		const first = await platform.post(ops, hello, "approval:A-1");
		const denied = chatMessage({ text: "Denied by Mia." });
		expect(await platform.post(ops, denied, "approval:A-1", true)).toBe(first);
		expect(await platform.post(ops, denied, "approval:A-1", true)).toBe(first);
		expect(JSON.stringify(await only())).toContain("Denied by Mia.");
		expect(JSON.stringify(await only())).not.toContain("All is well.");
	});

	test("a message with our key that another app wrote is not taken for ours", async () => {
		const metadata = { event_type: "smartcloudops_message", event_payload: { key: "k" } };
		slack.fail("chat.postMessage", { kind: "status", status: 500 });
		await expect(platform.post(ops, hello, "k")).rejects.toMatchObject({ code: "unavailable" });
		const forged = await slack.postAs("alice", "ops", { text: "forged", metadata });
		expect(await platform.post(ops, hello, "k")).not.toBe(forged);
		expect(await slack.messages("ops")).toHaveLength(2);
	});

	test("where history may not be read it is posted, and the log says so", async () => {
		slack.state.scopes = ["chat:write"];
		await start().post(ops, hello, "k");
		expect(await slack.messages("ops")).toHaveLength(1);
		expect(logger.records.map(({ level }) => level)).toContain("warn");
	});

	const long = chatMessage({
		title: "Answer",
		text: Array.from(
			{ length: 900 },
			(_, line) => `Line ${line} says something of about fifty characters.`,
		).join("\n"),
	});

	test("case 40: 40,000 characters are split into messages that Slack takes, in one thread", async () => {
		expect((long.text ?? "").length).toBeGreaterThan(40_000);
		const reference = await platform.post(ops, long, "inbox:1:0");
		const thread = await slack.messages("ops", reference);
		expect(await slack.messages("ops")).toHaveLength(1);
		expect(thread.length).toBeGreaterThan(2);
		const shown = JSON.stringify(thread);
		for (const line of [0, 449, 899]) expect(shown).toContain(`Line ${line} says`);
		expect(await platform.update(ops, reference, long)).toBe(true);
	});

	test.each([
		["a lost reply", { kind: "lost-reply" }, "unavailable"],
		["a rate limit", { kind: "limited", retryAfterSeconds: 3 }, "limited"],
	] as const)("a long message that %s broke off goes on where it broke off", async (_, fault, code) => {
		const whole = await platform.post(slackConversation(slack.channelId("checkout")), long, "inbox:1:0");
		const parts = await slack.messages("checkout", whole);
		slack.fail("chat.postMessage", { kind: "slow", ms: 0 }, 2);
		slack.fail("chat.postMessage", fault);
		await expect(platform.post(ops, long, "inbox:1:0")).rejects.toMatchObject({ code });
		const reference = await platform.post(ops, long, "inbox:1:0");
		expect((await slack.messages("ops")).length).toBe(1);
		const again = await slack.messages("ops", reference);
		expect(again.map(({ blocks }) => JSON.stringify(blocks))).toEqual(
			parts.map(({ blocks }) => JSON.stringify(blocks)),
		);
	});

	test.each(["invalid_blocks", "msg_blocks_too_long"])(
		"a message that Slack refuses with %s goes out as plain text, and the log says so",
		async (said) => {
			slack.fail("chat.postMessage", { kind: "error", error: said });
			await platform.post(ops, hello);
			expect(await only()).toMatchObject({ text: "All is well.", blocks: [] });
			expect(logger.records).toMatchObject([{ level: "error" }]);
		},
	);

	test("a post that took too long to prepare is left to the next try", async () => {
		const slow = start({
			renderChart: () => {
				nowMs += MINUTE_MS;
				return Promise.resolve(PNG);
			},
		});
		await expect(slow.post(ops, incident, "k")).rejects.toMatchObject({ code: "unavailable" });
		expect(slack.count("chat.postMessage")).toBe(0);
		await slow.post(ops, incident, "k");
		expect(await slack.messages("ops")).toHaveLength(1);
	});

	test("case 36: what comes from outside pings nobody and links nowhere", async () => {
		const hostile = "<!channel> <@U0BOT> <!subteam^S1> <https://evil.example|click> &lt;!here&gt;";
		await platform.post(
			ops,
			chatMessage({
				title: hostile,
				text: hostile,
				state: { kind: "info", text: hostile },
				footer: [hostile],
			}),
		);
		const message = await only();
		const texts = `${asText(message.text)} ${interpretedTexts(message.blocks).join(" ")}`;
		expect(texts).not.toMatch(/<[!@#]|<https:/);
		expect(texts).toContain("&lt;!channel&gt;");
	});

	test.each(Object.entries(SAMPLE_MESSAGES))(
		"Slack takes the message %s, and its edit",
		async (_, sample) => {
			const reference = await platform.post(ops, sample);
			expect(await platform.update(ops, reference, sample)).toBe(true);
			expect(logger.records.filter(({ level }) => level === "error")).toEqual([]);
			expect(asObject(await only()).blocks).not.toEqual([]);
		},
	);

	test("a conversation of another platform is refused", async () => {
		await expect(platform.post({ platform: "teams", id: "19:x" }, hello)).rejects.toMatchObject({
			code: "invalid",
		});
	});
});

/** The texts in which Slack looks for markup; plain text is shown as it stands. */
function interpretedTexts(value: unknown): readonly string[] {
	if (typeof value !== "object" || value === null) return [];
	const { type, text } = asObject(value);
	if (type === "mrkdwn") return [asText(text)];
	return Object.values(value).flatMap(interpretedTexts);
}
