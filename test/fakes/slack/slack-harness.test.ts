import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { verifySignature } from "../../../handlers/slack/intake/verify-signature.ts";
import { refuseMessage } from "./block-limits.ts";
import type { JsonObject } from "./json-object.ts";
import { type SlackHarness, startSlack } from "./slack-harness.ts";

type Received = {
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	readonly body: string;
};

describe("the Slack of the tests", () => {
	let slack: SlackHarness;
	let app: Server;
	let received: Received[];

	beforeEach(async () => {
		slack = await startSlack();
		received = [];
		app = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on("data", (chunk: Buffer) => chunks.push(chunk));
			request.on("end", () => {
				received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
				response.end();
			});
		});
		await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
		slack.connect(`http://127.0.0.1:${(app.address() as AddressInfo).port}/slack/events`);
	});
	afterEach(async () => {
		app.closeAllConnections();
		await new Promise((resolve) => app.close(resolve));
		await slack.close();
	});

	const isSigned = ({ headers, body }: Received, nowMs = Date.now()) =>
		verifySignature(
			slack.signingSecret,
			{
				timestamp: headers["x-slack-request-timestamp"] as string | undefined,
				signature: headers["x-slack-signature"] as string | undefined,
				body: Buffer.from(body),
			},
			nowMs,
		);

	test("signs what it delivers, and leaves that out, wrong, stale or early when asked to", async () => {
		const { deliveries } = await slack.say("alice", "ops", "hello");
		const [first] = deliveries;
		await first?.repeat({ signature: "none" });
		await first?.repeat({ signature: "wrong" });
		await first?.repeat({ secondsAhead: -400 });
		await first?.repeat({ secondsAhead: 400 });
		expect(received.map((one) => isSigned(one))).toEqual([true, false, false, false, false]);
		expect(isSigned(received[3] as Received, Date.now() - 400_000)).toBe(true);
	});

	test("repeats a delivery as Slack does, under the same event id or another", async () => {
		const { deliveries } = await slack.say("alice", "ops", "hello");
		await deliveries[0]?.repeat({ retryNum: 1 });
		await deliveries[0]?.repeat({ eventId: "Ev2" });
		const ids = received.map(({ body }) => (JSON.parse(body) as JsonObject).event_id);
		expect(ids[1]).toBe(ids[0]);
		expect(ids[2]).toBe("Ev2");
		expect(received[1]?.headers["x-slack-retry-num"]).toBe("1");
	});

	test("tells of a mention twice, as a message and as a mention", async () => {
		const { deliveries } = await slack.say("alice", "ops", "<@U0BOT> hello");
		expect(deliveries.map(({ status }) => status)).toEqual([200, 200]);
	});

	test("takes five answers at an address, and no sixth", async () => {
		await slack.slash("alice", "ops", "help");
		const address = new URLSearchParams(received[0]?.body).get("response_url") ?? "";
		const statuses: number[] = [];
		for (let use = 0; use < 6; use += 1)
			statuses.push((await fetch(address, { method: "POST", body: JSON.stringify({ text: "x" }) })).status);
		expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
		expect(slack.state.responses[0]?.posts).toHaveLength(5);
	});
});

const mrkdwn = (length: number) => ({ type: "mrkdwn", text: "x".repeat(length) });
const plain = (length: number) => ({ type: "plain_text", text: "x".repeat(length) });
const button = (parts: JsonObject) => ({
	type: "actions",
	elements: [{ type: "button", action_id: "a", text: plain(5), ...parts }],
});
const many = (count: number, make: (index: number) => JsonObject) =>
	Array.from({ length: count }, (_, index) => make(index));

const LIMITS: readonly (readonly [string, (size: number) => JsonObject, number])[] = [
	["a text", (size) => ({ text: "x".repeat(size) }), 40_000],
	["blocks", (size) => ({ blocks: many(size, () => ({ type: "divider" })) }), 50],
	["a section", (size) => ({ blocks: [{ type: "section", text: mrkdwn(size) }] }), 3_000],
	["fields", (size) => ({ blocks: [{ type: "section", fields: many(size, () => mrkdwn(1)) }] }), 10],
	["a field", (size) => ({ blocks: [{ type: "section", fields: [mrkdwn(size)] }] }), 2_000],
	["a header", (size) => ({ blocks: [{ type: "header", text: plain(size) }] }), 150],
	["a context", (size) => ({ blocks: [{ type: "context", elements: many(size, () => mrkdwn(1)) }] }), 10],
	["a button", (size) => ({ blocks: [button({ text: plain(size) })] }), 75],
	["a button's value", (size) => ({ blocks: [button({ value: "x".repeat(size) })] }), 2_000],
	[
		"a row of buttons",
		(size) => ({
			blocks: [
				{
					type: "actions",
					elements: many(size, (index) => ({ type: "button", action_id: `a${index}`, text: plain(1) })),
				},
			],
		}),
		25,
	],
	["a table", (size) => ({ blocks: [{ type: "table", rows: many(size, () => [{}] as never) }] }), 100],
];

describe("what Slack takes", () => {
	test.each(LIMITS)("%s is taken up to its limit and refused above it", (_, make, most) => {
		const ready = () => true;
		expect(refuseMessage(make(most), false, ready)).toBeUndefined();
		expect(refuseMessage(make(most + 1), false, ready)).toBeDefined();
	});

	test("an edit's text is measured in bytes, all blocks together in characters", () => {
		const ready = () => true;
		expect(refuseMessage({ text: "ä".repeat(2_000) }, true, ready)).toBeUndefined();
		expect(refuseMessage({ text: "ä".repeat(2_001) }, true, ready)).toMatchObject({ error: "msg_too_long" });
		const blocks = many(5, () => ({ type: "section", text: mrkdwn(2_900) }));
		expect(refuseMessage({ blocks }, false, ready)).toMatchObject({ error: "msg_blocks_too_long" });
	});

	test.each([
		[{ type: "nonsense" }],
		[{ type: "section", text: plain(0) }],
		[{ type: "image", slack_file: { id: "F1" }, alt_text: "x" }],
		[{ type: "image", image_url: "https://a.example/b.png" }],
		[button({ style: "loud" })],
		[{ type: "context", elements: [] }],
	])("%j is refused", (block) => {
		expect(refuseMessage({ text: "x", blocks: [block] }, false, () => false)).toMatchObject({
			error: "invalid_blocks",
		});
	});
});
