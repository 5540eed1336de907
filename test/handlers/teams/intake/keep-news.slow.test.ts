import {
	type Activity,
	installationActivity,
	messageActivity,
	updateActivity,
} from "../../../fakes/bot-connector/activities.ts";
import type { BotConnector } from "../../../fakes/bot-connector/start-bot-connector.ts";
import { until } from "../../../support/until.ts";
import { CHANNEL, GROUP, type IntakeWorld, OLGA, openIntakeWorld } from "./intake-world.ts";

let world: IntakeWorld;
let connector: BotConnector;
const OTHER = "19:other@thread.tacv2";

beforeEach(async () => {
	world = await openIntakeWorld();
	connector = world.connector;
	const { deliveries } = world.store;
	const place = (id: string) => ({ conversation: { platform: "teams", id }, channel: id });
	await deliveries.want([CHANNEL.id, OTHER].map((id) => ({ subject: "incident:INC-1", ...place(id) })));
	for (const delivery of await deliveries.claim("a", 8, 60, {}))
		await deliveries.settle(delivery, {
			kind: "later",
			afterSeconds: 60,
			problem: "The bot is not part of this conversation in Teams any more.",
			holdsChannel: true,
		});
});
afterEach(() => world.close());

const speech = { place: CHANNEL, from: OLGA };
const deliver = async (activity: Activity) => {
	expect((await connector.deliver(world.appUrl, activity)).status).toBe(200);
	await until(async () => (await world.store.inbox.count()).waiting === 0);
};
/** The channels with a message whose turn is now, but for answers. */
const due = async () =>
	(await world.store.deliveries.claim("a", 8, 60, {}))
		.filter(({ subject }) => subject === "incident:INC-1")
		.map((delivery) => delivery.channel)
		.toSorted();

it("who is added to a team is in all of its channels: what waits is due at once", async () => {
	expect(await due()).toEqual([]);
	await deliver(updateActivity(connector.source, { ...speech, event: "botAdded" }));
	expect(await due()).toEqual([CHANNEL.id, OTHER].toSorted());
});

it("an installation makes it due too", async () => {
	await deliver(installationActivity(connector.source, { place: GROUP, from: OLGA, action: "add" }));
	expect(await due()).toEqual([CHANNEL.id, OTHER].toSorted());
});

it("a renamed channel makes due what waits there", async () => {
	await deliver(updateActivity(connector.source, { ...speech, event: "channelRenamed", name: "Night" }));
	expect(await due()).toEqual([CHANNEL.id]);
});

it("the first message from a place that was unknown makes due what waits there", async () => {
	await deliver(messageActivity(connector.source, { ...speech, text: "hello" }));
	expect(await due()).toEqual([CHANNEL.id]);
});

it("being removed makes nothing due", async () => {
	await deliver(updateActivity(connector.source, { ...speech, event: "botRemoved" }));
	expect(await due()).toEqual([]);
});
