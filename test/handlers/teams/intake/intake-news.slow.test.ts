import {
	type Activity,
	installationActivity,
	messageActivity,
	updateActivity,
} from "../../../fakes/bot-connector/activities.ts";
import type { BotConnector } from "../../../fakes/bot-connector/start-bot-connector.ts";
import { until } from "../../../support/until.ts";
import { CHANNEL, GROUP, type IntakeWorld, OLGA, openIntakeWorld, PERSONAL } from "./intake-world.ts";

let world: IntakeWorld;
let connector: BotConnector;

beforeEach(async () => {
	world = await openIntakeWorld();
	connector = world.connector;
});
afterEach(() => world.close());

const speech = { place: CHANNEL, from: OLGA };
const other = { ...CHANNEL, id: "19:other@thread.tacv2", name: "Other" };
const deliver = async (activity: Activity) => {
	expect((await connector.deliver(world.appUrl, activity)).status).toBe(200);
	await until(async () => (await world.store.inbox.count()).waiting === 0);
};
const known = async () =>
	(await world.store.conversations.list("teams")).map(({ conversation, name }) => [conversation.id, name]);

it("every message says how to speak in its conversation, without its thread", async () => {
	await deliver(messageActivity(connector.source, { ...speech, text: "hello", thread: "1700000000009" }));
	await deliver(messageActivity(connector.source, { place: PERSONAL, from: OLGA, text: "hello" }));
	const reference = {
		serviceUrl: connector.serviceUrl,
		tenantId: connector.tenant,
		botId: `28:${connector.appId}`,
	};
	expect(await world.store.conversations.list("teams")).toEqual(
		expect.arrayContaining([
			expect.objectContaining({
				conversation: { platform: "teams", id: CHANNEL.id },
				kind: "public",
				reference: { ...reference, teamId: "19:team@thread.tacv2", conversationType: "channel" },
			}),
			expect.objectContaining({
				conversation: { platform: "teams", id: PERSONAL.id },
				kind: "direct",
				reference: { ...reference, conversationType: "personal" },
			}),
		]),
	);
});

it("being added is kept, by either kind of news, and being removed is forgotten", async () => {
	await deliver(updateActivity(connector.source, { ...speech, event: "botAdded" }));
	await deliver(installationActivity(connector.source, { place: GROUP, from: OLGA, action: "add" }));
	expect(await known()).toEqual(
		expect.arrayContaining([
			[CHANNEL.id, undefined],
			[GROUP.id, undefined],
		]),
	);
	await deliver(installationActivity(connector.source, { place: GROUP, from: OLGA, action: "remove" }));
	expect(await known()).toEqual([[CHANNEL.id, undefined]]);
	await deliver(updateActivity(connector.source, { ...speech, event: "botRemoved" }));
	expect(await known()).toEqual([]);
});

it("an upgrade of the app takes nothing away", async () => {
	await deliver(installationActivity(connector.source, { ...speech, action: "add-upgrade" }));
	await deliver(installationActivity(connector.source, { ...speech, action: "remove-upgrade" }));
	expect(await known()).toEqual([[CHANNEL.id, undefined]]);
});

it("a channel's new name is kept, also when later messages do not tell it", async () => {
	await deliver(updateActivity(connector.source, { ...speech, event: "botAdded" }));
	await deliver(
		updateActivity(connector.source, { ...speech, event: "channelRenamed", name: "Night shift" }),
	);
	await deliver(messageActivity(connector.source, { ...speech, text: "hello" }));
	expect(await known()).toEqual([[CHANNEL.id, "Night shift"]]);
});

it("a deleted channel is forgotten, and with a team all of its channels", async () => {
	await deliver(updateActivity(connector.source, { ...speech, event: "botAdded" }));
	await deliver(messageActivity(connector.source, { place: other, from: OLGA, text: "hello" }));
	await deliver(updateActivity(connector.source, { ...speech, event: "channelDeleted" }));
	expect(await known()).toEqual([[other.id, undefined]]);
	await deliver(updateActivity(connector.source, { ...speech, event: "botAdded" }));
	await deliver(installationActivity(connector.source, { place: GROUP, from: OLGA, action: "add" }));
	await deliver(updateActivity(connector.source, { ...speech, event: "teamDeleted" }));
	expect(await known()).toEqual([[GROUP.id, undefined]]);
});

it("who came and went beside us is not kept", async () => {
	const update = updateActivity(connector.source, { ...speech, event: "botAdded" });
	await deliver({ ...update, membersAdded: [{ id: OLGA.id }], id: "f:77" });
	expect(await known()).toEqual([]);
	expect(await world.inboxCount()).toBe(0);
});
