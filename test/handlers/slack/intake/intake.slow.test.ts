import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { ChatEvent } from "../../../../src/domain/chat-event.ts";
import { chatMessage } from "../../../../src/domain/chat-message.ts";
import { AppError } from "../../../../src/domain/errors.ts";
import { asObject, asObjects, asText } from "../../../fakes/slack/json-object.ts";
import { BOT_ID, BOT_USER_ID } from "../../../fakes/slack/workspace-state.ts";
import { until } from "../../../support/until.ts";
import { type IntakeWorld, intakeWorld } from "./intake-world.ts";
import { signedPost } from "./signed-post.ts";

let world: IntakeWorld;
const textOf = (event: ChatEvent) => ("text" in event ? event.text : "");
const bot = `<@${BOT_USER_ID}>`;

beforeAll(async () => {
	world = await intakeWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
	await world.settled();
	world.events.length = 0;
	world.slack.clear();
	world.slack.state.responses.length = 0;
	world.slack.state.ephemerals.length = 0;
	world.answer = async () => [chatMessage({ text: "CPU is 34 %." })];
	await world.test.query("delete from smartcloudops.deliveries");
});

describe("a question in Slack", () => {
	it("by mention is answered once in the thread of the message, whichever of its two events comes first", async () => {
		const { ts, deliveries } = await world.slack.say("alice", "ops", `${bot} how is checkout &amp; CPU?`);
		expect(deliveries.map(({ status, text }) => [status, text])).toEqual([
			[200, ""],
			[200, ""],
		]);
		await world.settled();
		expect(world.events).toMatchObject([
			{
				kind: "said",
				text: "how is checkout & CPU?",
				audience: { kind: "public" },
				timeZone: "Europe/Berlin",
			},
		]);
		const channel = world.slack.channelId("ops");
		expect(await world.ordered()).toMatchObject([
			{ conversation: `${channel}:${ts}`, channel, message: { text: "CPU is 34 %." } },
		]);
	});

	it("goes on in the thread without a mention, unless somebody else is spoken to", async () => {
		const { ts } = await world.slack.say("alice", "ops", `${bot} how is checkout?`);
		await world.settled();
		await world.slack.say("bob", "ops", "and since yesterday?", { threadTs: ts });
		await world.slack.say("bob", "ops", `<@${world.slack.userId("alice")}> can you look?`, { threadTs: ts });
		await world.settled();
		expect(world.events.map(textOf)).toEqual(["how is checkout?", "and since yesterday?"]);
	});

	it("below a card of ours is heard; in other people's threads and at the top of a channel it is not", async () => {
		const card = await world.post("incident:INC-7", chatMessage({ title: "checkout: memory" }));
		const other = await world.slack.say("bob", "ops", "lunch?");
		await world.slack.say("alice", "ops", "pizza", { threadTs: other.ts });
		await world.slack.say("alice", "ops", "why?", { threadTs: asText(card.ts) });
		await world.settled();
		expect(world.events).toMatchObject([{ kind: "said", text: "why?" }]);
		expect(world.slack.count("assistant.threads.setStatus")).toBe(0);
	});

	it("in a direct message needs no mention, and is read by nobody else", async () => {
		const direct = await world.slack.directChannel("alice");
		await world.slack.say("alice", direct, "CPU of checkout?");
		await world.settled();
		expect(world.events).toMatchObject([
			{ kind: "said", audience: { kind: "direct", channel: { id: direct } } },
		]);
	});

	it("in a private channel is for its members", async () => {
		world.slack.setChannel("checkout", { isPrivate: true });
		await world.slack.say("alice", "checkout", `${bot} CPU?`);
		await world.settled();
		expect(world.events).toMatchObject([{ kind: "said", audience: { kind: "private" } }]);
	});

	it("that is written as a command is one, and a bare mention asks for help", async () => {
		await world.slack.say("alice", "ops", `${bot} watches`);
		await world.slack.say("alice", "ops", `${bot} /ops digest now`);
		await world.slack.say("alice", "ops", bot);
		await world.settled();
		expect(new Set(world.events.map((event) => `${event.kind} ${textOf(event)}`))).toEqual(
			new Set(["command digest now", "command help", "command watches"]),
		);
	});

	it("that can't be answered is refused to the person alone", async () => {
		world.answer = async () => {
			throw new AppError("forbidden", "Guests may ask about public things only; ask an admin for a role.");
		};
		await world.slack.say("bob", "ops", `${bot} CPU?`);
		await world.settled();
		expect(world.told("bob")).toEqual([expect.stringContaining("ask an admin for a role")]);
		expect(world.told("bob").join()).not.toContain("forbidden");
		expect(await world.ordered()).toEqual([]);
	});

	it("that goes wrong inside is logged with its entry and answered by one sentence", async () => {
		world.answer = async () => {
			throw new TypeError("x is not a function");
		};
		await world.slack.say("bob", "ops", `${bot} CPU?`);
		await world.settled();
		expect(world.told("bob")).toEqual([expect.stringContaining("Something went wrong on our side")]);
		expect(world.told("bob").join()).not.toContain("TypeError");
		const logged = world.logger.records.filter(({ level }) => level === "error");
		expect(logged.at(-1)).toMatchObject({ fields: { entry: expect.any(String) } });
	});

	it("that takes over a second shows that it is being answered", async () => {
		let done = () => {};
		world.answer = () =>
			new Promise((resolve) => {
				done = () => resolve([chatMessage({ text: "late" })]);
			});
		await world.slack.say("bob", "ops", `${bot} slow?`);
		await until(() => world.slack.count("assistant.threads.setStatus") > 0);
		done();
		await world.settled();
		expect(await world.ordered()).toMatchObject([{ message: { text: "late" } }]);
	});

	it("case 2: the same message under eleven event ids is one run", async () => {
		const event = {
			type: "message",
			user: world.slack.userId("alice"),
			text: `${bot} eleven times`,
			ts: "1700000011.000100",
			channel: world.slack.channelId("ops"),
			channel_type: "channel",
		};
		const sent = await Promise.all(
			Array.from({ length: 11 }, (_, n) => world.slack.event(event, { eventId: `Ev${n}` })),
		);
		expect(sent.map(({ status }) => status)).toEqual(Array(11).fill(200));
		await world.settled();
		expect(world.events).toHaveLength(1);
		expect(await world.ordered()).toHaveLength(1);
	});

	it("case 3: of which only the retry arrives is processed", async () => {
		await world.slack.event(
			{
				type: "app_mention",
				user: world.slack.userId("alice"),
				text: `${bot} only the retry`,
				ts: "1700000012.000100",
				channel: world.slack.channelId("ops"),
			},
			{ retryNum: 2 },
		);
		await world.settled();
		expect(world.events).toMatchObject([{ kind: "said", text: "only the retry" }]);
	});

	it("case 34: addresses in it are text and are never fetched", async () => {
		const trap = await startTrap();
		const address = `http://127.0.0.1:${trap.port}/secret`;
		await world.slack.say("alice", "ops", `${bot} see <${address}|the runbook> and <${address}>`);
		await world.slack.slash("alice", "ops", `look at ${address}`);
		await world.settled();
		expect(new Set(world.events.map(textOf))).toEqual(
			new Set([`look at ${address}`, `see the runbook and ${address}`]),
		);
		expect(trap.asked).toEqual([]);
		await trap.close();
	});

	it("case 42: bots, ourselves, edits and joins are ignored", async () => {
		const said = { type: "message", channel: world.slack.channelId("ops"), text: `${bot} hi` };
		const alice = world.slack.userId("alice");
		const ignored = [
			{ ...said, ts: "1.1", user: alice, bot_id: "B0OTHER" },
			{ ...said, ts: "1.2", subtype: "bot_message", bot_id: BOT_ID },
			{ ...said, ts: "1.3", user: BOT_USER_ID },
			{ ...said, ts: "1.4", user: alice, subtype: "message_changed", message: { text: said.text } },
			{ ...said, ts: "1.5", user: alice, edited: { user: alice, ts: "1.6" }, type: "app_mention" },
			{ ...said, ts: "1.7", user: alice, subtype: "channel_join" },
			{ ...said, ts: "1.8", user: "USLACKBOT" },
			{ type: "message", channel: "C1" },
		];
		for (const event of ignored) expect((await world.slack.event(event)).status).toBe(200);
		await world.settled();
		expect(world.events).toEqual([]);
		expect((await world.store.inbox.count()).failed).toBe(0);
	});
});

describe("a slash command", () => {
	it("is answered to the person alone, by the address that came with it", async () => {
		const { status, text, response } = await world.slack.slash("alice", "ops", "watches");
		expect([status, text]).toEqual([200, ""]);
		await world.settled();
		expect(world.events).toMatchObject([{ kind: "command", text: "watches" }]);
		expect(response.posts).toMatchObject([
			{ response_type: "ephemeral", text: expect.stringContaining("34 %") },
		]);
		expect(await world.ordered()).toEqual([]);
	});

	it("tells that one person reads its answer, and whether it was written in a channel", async () => {
		const direct = await world.slack.directChannel("alice");
		await world.slack.slash("alice", "ops", "route default here");
		await world.slack.slash("alice", direct, "route default here");
		await world.settled();
		const alone = (id: string) => ({ kind: "direct", channel: { platform: "slack", id } });
		const seen = world.events.map((event) => ("audience" in event ? event.audience : undefined));
		expect(seen).toHaveLength(2);
		expect(seen).toContainEqual({ ...alone(world.slack.channelId("ops")), inChannel: true });
		expect(seen).toContainEqual(alone(direct));
	});

	it("names people and channels by id", async () => {
		await world.slack.slash("alice", "ops", "roles grant <@U7|bob> operator in <#C9|ops>");
		await world.settled();
		expect(world.events).toMatchObject([{ text: "roles grant slack:T000000001:U7 operator in slack:C9" }]);
	});

	it("sent twice under one trigger is run once", async () => {
		const sent = await world.slack.slash("alice", "ops", "watches");
		await sent.repeat();
		await world.settled();
		expect(world.events).toHaveLength(1);
	});

	it("whose answer is long goes on as an ephemeral message after five uses", async () => {
		const long = Array.from({ length: 900 }, (_, n) => `Line ${n}: everything is as it should be here.`).join(
			"\n",
		);
		world.answer = async () => [chatMessage({ text: long }), chatMessage({ text: long })];
		const { response } = await world.slack.slash("alice", "ops", "everything");
		await world.settled();
		expect(response.posts).toHaveLength(5);
		expect(world.slack.state.ephemerals.length).toBeGreaterThan(0);
	});

	it("case 32: an answer address on another host or an internal one is never fetched", async () => {
		const trap = await startTrap();
		const { port } = trap;
		const bad = [
			`http://127.0.0.1:${port}/commands/1`,
			`http://localhost:${port}/`,
			"http://169.254.169.254/latest/meta-data/",
			"http://hooks.slack.com/commands/1",
			`https://hooks.slack.com@127.0.0.1:${port}/`,
			"file:///etc/passwd",
			"not an address",
		];
		for (const [index, response_url] of bad.entries()) {
			const form = new URLSearchParams({
				command: "/ops",
				text: "watches",
				team_id: "T000000001",
				user_id: world.slack.userId("alice"),
				channel_id: world.slack.channelId("ops"),
				trigger_id: `trap.${index}`,
				response_url,
			}).toString();
			const headers = { "content-type": "application/x-www-form-urlencoded" };
			expect((await signedPost(world.url, world.slack.signingSecret, form, headers)).status).toBe(200);
		}
		await world.settled();
		expect(trap.asked).toEqual([]);
		expect(world.slack.state.ephemerals).toHaveLength(bad.length);
		await trap.close();
	});
});

describe("channels", () => {
	it("are remembered with name and kind when we join or are spoken to, and what became of us there", async () => {
		const channel = world.slack.channelId("ops");
		const known = () => world.store.conversations.get({ platform: "slack", id: channel });
		await world.store.conversations.forget({ platform: "slack", id: channel });
		await world.slack.event({ type: "member_joined_channel", user: BOT_USER_ID, channel });
		await world.settled();
		expect(await known()).toMatchObject({ name: "ops", kind: "public", reference: { state: "here" } });
		await world.slack.event({ type: "member_left_channel", user: world.slack.userId("alice"), channel });
		await world.settled();
		expect(await known()).toMatchObject({ reference: { state: "here" } });
		await world.slack.event({ type: "channel_archive", user: world.slack.userId("alice"), channel });
		await world.settled();
		expect(await known()).toMatchObject({ name: "ops", reference: { state: "archived" } });
		await world.slack.event({ type: "channel_rename", channel: { id: channel, name: "ops-night" } });
		await world.settled();
		expect(await known()).toMatchObject({ name: "ops-night", reference: { state: "here" } });
	});
});

describe("a button that says something", () => {
	it("says it as the person who pressed, below its message", async () => {
		const card = await world.post(
			"digest:daily:1",
			chatMessage({ text: "All quiet.", suggestions: ["why so quiet?"] }),
		);
		await world.slack.click("bob", "ops", card, "say");
		await world.settled();
		expect(world.events).toMatchObject([
			{ kind: "said", text: "why so quiet?", actor: { via: { userId: world.slack.userId("bob") } } },
		]);
		const id = world.slack.channelId("ops");
		expect(await world.ordered()).toMatchObject([{ conversation: `${id}:${asText(card.ts)}` }]);
	});

	it("for the queries opens them only from the card of that incident", async () => {
		const incident = chatMessage({
			title: "checkout: memory",
			subject: { id: "INC-7", path: "/incidents/7" },
			queries: [{ id: "q1", query: "up", purpose: "what is up", span: "now" }],
		});
		const card = await world.post("incident:INC-7", incident, "checkout");
		await world.slack.click("bob", "checkout", card, "incident.evidence");
		await world.settled();
		expect(world.slack.state.views).toHaveLength(1);
		expect(asObjects(asObject(world.slack.state.views[0]?.view).blocks).length).toBeGreaterThan(0);
		await world.slack.click("bob", "checkout", card, "incident.evidence", { value: "INC-8" });
		await world.settled();
		expect(world.slack.state.views).toHaveLength(1);
		expect(world.told("bob").at(-1)).toContain("shows no incident any more");
	});
});

/** A server that nobody should ask for anything. */
async function startTrap(): Promise<{
	readonly port: number;
	readonly asked: string[];
	close(): Promise<void>;
}> {
	const asked: string[] = [];
	const server = createServer((request, response) => {
		asked.push(request.url ?? "");
		response.end();
	});
	await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	return { port, asked, close: async () => void (await new Promise((done) => server.close(done))) };
}
