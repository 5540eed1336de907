import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { BOT_USER_ID } from "../../../fakes/slack/workspace-state.ts";
import { type IntakeWorld, intakeWorld } from "./intake-world.ts";

let world: IntakeWorld;
let channel: string;

beforeAll(async () => {
	world = await intakeWorld();
	channel = world.slack.channelId("ops");
});
afterAll(() => world.close());
beforeEach(async () => {
	await world.settled();
	await world.test.query("truncate smartcloudops.deliveries, smartcloudops.delivery_channels");
	const { deliveries } = world.store;
	const place = (id: string) => ({ conversation: { platform: "slack", id }, channel: id });
	await deliveries.want([
		{ subject: "incident:INC-1", ...place(channel) },
		{ subject: "incident:INC-1", ...place("C0OTHER") },
	]);
	for (const delivery of await deliveries.claim("a", 8, 60, {}))
		await deliveries.settle(delivery, {
			kind: "later",
			afterSeconds: 60,
			problem: "We are not in this Slack channel.",
			holdsChannel: true,
		});
});
/** The channels with a message whose turn is now. */
const due = async () =>
	(await world.store.deliveries.claim("a", 8, 60, {})).map((delivery) => delivery.channel);
const tell = async (event: Record<string, unknown>) => {
	await world.slack.event(event);
	await world.settled();
};

describe("what waits for a channel is due at once", () => {
	it.each([
		["we are invited", () => ({ type: "member_joined_channel", user: BOT_USER_ID, channel })],
		["it is unarchived", () => ({ type: "channel_unarchive", user: "U1", channel })],
		["it is renamed", () => ({ type: "channel_rename", channel: { id: channel, name: "ops-2" } })],
	])("when %s, and no other channel is", async (_name, event) => {
		expect(await due()).toEqual([]);
		await tell(event());
		expect(await due()).toEqual([channel]);
	});

	it.each([
		["somebody else joins", () => ({ type: "member_joined_channel", user: "U1", channel })],
		["we are removed", () => ({ type: "channel_left", user: BOT_USER_ID, channel })],
		["it is archived", () => ({ type: "channel_archive", user: "U1", channel })],
	])("but not when %s", async (_name, event) => {
		await tell(event());
		expect(await due()).toEqual([]);
	});
});
