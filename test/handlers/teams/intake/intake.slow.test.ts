import { invokeActivity, messageActivity } from "../../../fakes/bot-connector/activities.ts";
import type { BotConnector } from "../../../fakes/bot-connector/start-bot-connector.ts";
import { until } from "../../../support/until.ts";
import {
	CHANNEL,
	GROUP,
	type IntakeWorld,
	identityOf,
	OLGA,
	openIntakeWorld,
	PERSONAL,
} from "./intake-world.ts";

let world: IntakeWorld;
let connector: BotConnector;

beforeEach(async () => {
	world = await openIntakeWorld();
	connector = world.connector;
});
afterEach(() => world.close());

const message = (place = PERSONAL, text = "how is checkout", over: Record<string, unknown> = {}) =>
	messageActivity(connector.source, { place, from: OLGA, text, over });
const deliver = (activity: Readonly<Record<string, unknown>>) => connector.deliver(world.appUrl, activity);
const settled = async (events: number) => {
	await until(() => world.events.length >= events);
	await until(async () => (await world.store.inbox.count()).waiting === 0);
};

it("a message is acknowledged with an empty 200, worked on, and answered in its own conversation", async () => {
	expect(await deliver(message())).toMatchObject({ status: 200, body: "" });
	await settled(1);
	expect(world.events[0]).toMatchObject({
		kind: "said",
		text: "how is checkout",
		timeZone: "Europe/Berlin",
		conversation: { platform: "teams", id: PERSONAL.id },
		audience: { kind: "direct", channel: { platform: "teams", id: PERSONAL.id } },
		actor: { kind: "person", person: { name: "Olga", role: "guest" }, via: identityOf(connector, OLGA) },
	});
	expect(await world.ordered()).toEqual([
		expect.objectContaining({
			subject: expect.stringMatching(/^inbox:\d+:0$/),
			conversation: PERSONAL.id,
			channel: PERSONAL.id,
			text: "Asked: how is checkout",
		}),
	]);
});

it("an answer in a channel goes into the thread of its question, and counts for the channel", async () => {
	const asked = message(CHANNEL);
	await deliver(asked);
	await settled(1);
	const thread = `${CHANNEL.id};messageid=${String(asked.id)}`;
	expect(await world.ordered()).toEqual([
		expect.objectContaining({ conversation: thread, channel: CHANNEL.id }),
	]);
	expect(world.events[0]).toMatchObject({ audience: { kind: "public", channel: { id: CHANNEL.id } } });
});

it("a group chat is private, and so is a private or shared channel", async () => {
	await deliver(message(GROUP));
	for (const type of ["private", "shared"]) {
		const { channelData } = message(CHANNEL) as { channelData: Record<string, unknown> };
		await deliver(
			message(CHANNEL, "hello", { channelData: { ...channelData, channel: { id: CHANNEL.id, type } } }),
		);
	}
	await settled(3);
	expect(world.events.map((event) => "audience" in event && event.audience.kind)).toEqual([
		"private",
		"private",
		"private",
	]);
});

it("a command is one with or without our name before it", async () => {
	await deliver(message(CHANNEL, "/ops watches"));
	await deliver(message(PERSONAL, "/help"));
	await settled(2);
	expect(world.events.map((event) => [event.kind, "text" in event && event.text])).toEqual(
		expect.arrayContaining([
			["command", "help"],
			["command", "watches"],
		]),
	);
});

it("case 16: a command says why Teams' own account of its writer is barred, once they have a role here", async () => {
	await world.role(OLGA, "operator");
	await deliver(message(CHANNEL, "/ops freeze"));
	await settled(1);
	connector.conversations.put({ ...CHANNEL, members: [{ ...OLGA, userRole: "guest" }] });
	await deliver(message(CHANNEL, "/ops freeze"));
	await deliver(message(CHANNEL, "how is checkout"));
	await settled(3);
	// What is delivered together is worked on together, and may end in any order.
	const [first, ...rest] = world.events;
	expect(first).not.toHaveProperty("barred");
	expect(rest.find(({ kind }) => kind === "command")).toMatchObject({
		text: "freeze",
		barred: expect.stringContaining("guest"),
	});
	expect(rest.find(({ kind }) => kind === "said")).not.toHaveProperty("barred");
});

it("case 1: the same message four times over five minutes is worked on once", async () => {
	const same = message();
	for (let minute = 0; minute < 4; minute += 1)
		expect(
			(await connector.deliver(world.appUrl, same, { nowMs: Date.now() + minute * 60_000 })).status,
		).toBe(200);
	await settled(1);
	expect(world.events).toHaveLength(1);
	expect(world.counted).toEqual({ accepted: 1, repeated: 3 });
});

it("case 2: the same message eleven times at once is worked on once", async () => {
	const same = message();
	const replies = await Promise.all(Array.from({ length: 11 }, () => deliver(same)));
	expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 11 }, () => 200));
	await settled(1);
	expect(world.events).toHaveLength(1);
	expect(await world.inboxCount()).toBe(1);
});

it("case 3: what only a later process gets is worked on there, and what a crash left is finished", async () => {
	const left = message(PERSONAL, "left by a crash");
	await world.store.inbox.accept([{ platform: "teams", key: "left", payload: left }], "a dead process", 0);
	const next = await world.restart();
	await connector.deliver(next.appUrl, message(PERSONAL, "only the retry"));
	await until(() => next.events.length === 2);
	expect(next.events.map((event) => "text" in event && event.text)).toEqual(
		expect.arrayContaining(["left by a crash", "only the retry"]),
	);
	world = next;
});

it("working on an entry again orders the same replies", async () => {
	const activity = message();
	await world.intake.work(activity, "77");
	await world.intake.work(activity, "77");
	expect((await world.ordered()).map(({ subject }) => subject)).toEqual(["inbox:77:0"]);
});

it("messages without an id are told apart by who said what and when", async () => {
	const first = message(PERSONAL, "one", { id: undefined });
	await deliver(first);
	await deliver(first);
	await deliver(message(PERSONAL, "two", { id: undefined }));
	await settled(2);
	expect(world.events).toHaveLength(2);
});

it("case 28: text never decides, quoted or forwarded or typed", async () => {
	await world.role(OLGA, "operator");
	const { id } = await world.request();
	for (const text of [
		"approve",
		`approve ${id}`,
		`/ops approve ${id}`,
		`> Approve restart ${id}\n\nyes`,
		`<attachment id="1"></attachment> {"verb":"approval.approve","data":{"approvalId":"${id}"}}`,
	])
		await deliver(message(PERSONAL, text));
	const value = { action: { type: "Action.Execute", verb: "approval.approve", data: { approvalId: id } } };
	await deliver(message(PERSONAL, "", { text: "approve", value }));
	await settled(6);
	expect(new Set(world.events.map(({ kind }) => kind))).toEqual(new Set(["said", "command"]));
	expect((await world.store.approvals.get(id))?.status).toBe("proposed");
});

it("case 38: a display name gives nobody a role", async () => {
	const from = { ...OLGA, name: "Admin" };
	await connector.deliver(
		world.appUrl,
		messageActivity(connector.source, { place: PERSONAL, from, text: "hello" }),
	);
	await settled(1);
	expect(world.events[0]).toMatchObject({ actor: { person: { name: "Admin", role: "guest" } } });
});

it("case 39: the same account id in another organisation is another person", async () => {
	const tenant = "bbbbbbbb-0000-4000-8000-000000000000";
	const both = await openIntakeWorld({ tenants: [connector.tenant, tenant] });
	await both.role(OLGA, "operator");
	const speech = { place: PERSONAL, from: OLGA, text: "hello" };
	await both.connector.deliver(both.appUrl, messageActivity(both.connector.source, speech));
	await both.connector.deliver(both.appUrl, messageActivity(both.connector.source, { ...speech, tenant }));
	await until(() => both.events.length === 2);
	const people = both.events.map(({ actor }) => (actor.kind === "person" ? actor : undefined));
	expect(new Set(people.map((actor) => actor?.person.id)).size).toBe(2);
	expect(people.find((actor) => actor?.via.tenant === tenant)?.person.role).toBe("guest");
	await both.close();
});

it("case 42: bots and we ourselves are not heard", async () => {
	const ours = { id: `28:${connector.appId}`, name: "Ops" };
	for (const from of [ours, { id: "28:other", name: "Other bot" }])
		await deliver(messageActivity(connector.source, { place: CHANNEL, from, text: "how is checkout" }));
	await deliver(message(PERSONAL, "hello", { from: { ...OLGA, role: "bot" } }));
	const press = invokeActivity(connector.source, {
		place: CHANNEL,
		from: ours,
		verb: "say",
		data: { text: "x" },
	});
	expect((await deliver(press)).body).toMatchObject({
		statusCode: 400,
		type: "application/vnd.microsoft.error",
	});
	expect(await world.inboxCount()).toBe(0);
	expect(world.counted).toEqual({ ignored: 4 });
});

it("what does not speak to us in a channel or group is left alone", async () => {
	for (const place of [CHANNEL, GROUP])
		await deliver(messageActivity(connector.source, { place, from: OLGA, text: "lunch?", mention: false }));
	expect(await world.inboxCount()).toBe(0);
});

it("a question that fails is answered with what went wrong, and is not tried again", async () => {
	world.onQuestion(async () => {
		throw new Error("no such column");
	});
	await deliver(message());
	await settled(1);
	expect(await world.ordered()).toEqual([
		expect.objectContaining({ text: "Something went wrong on our side; the log has the detail." }),
	]);
	expect(world.events).toHaveLength(1);
});

it("a message of more than 20,000 characters is answered, not read", async () => {
	await deliver(message(PERSONAL, "a".repeat(20_001)));
	await until(async () => (await world.ordered()).length === 1);
	expect(await world.ordered()).toEqual([
		expect.objectContaining({ text: expect.stringContaining("longer than 20,000 characters") }),
	]);
	expect(world.events).toHaveLength(0);
});

it("activities and invokes of unknown kinds are acknowledged as the protocol says, and nothing is done", async () => {
	for (const type of ["typing", "messageReaction", "messageUpdate", "event", "somethingNew"])
		expect((await deliver(message(PERSONAL, "x", { type }))).status).toBe(200);
	for (const name of ["task/fetch", "composeExtension/query", "signin/verifyState", undefined])
		expect((await deliver(message(PERSONAL, "x", { type: "invoke", name }))).status).toBe(501);
	const odd = invokeActivity(connector.source, { place: PERSONAL, from: OLGA, verb: "approval.sudo" });
	expect(await deliver(odd)).toMatchObject({ status: 200, body: { statusCode: 400 } });
	expect(await world.inboxCount()).toBe(0);
	expect(world.counted).toEqual({ ignored: 10 });
});
