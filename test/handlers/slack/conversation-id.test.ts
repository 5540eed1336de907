import { expect, test } from "@jest/globals";
import { readConversation, slackConversation } from "../../../handlers/slack/conversation-id.ts";

test.each([
	["C0123456789", undefined],
	["D0123456789", undefined],
	["C0123456789", "1700000000.000100"],
])("the channel %s with the thread %s is read back as it was written", (channel, threadTs) => {
	const place = threadTs === undefined ? { channel } : { channel, threadTs };
	expect(readConversation(slackConversation(channel, threadTs))).toEqual(place);
});

test.each(["", "general", "C1", "C0123:", "C0123:x", "C0123:1700000000.0001:2", "C0123 ", "../C0123"])(
	"%j is no conversation of Slack's",
	(id) => {
		expect(() => readConversation({ platform: "slack", id })).toThrow("no Slack conversation");
	},
);

test("another platform's conversation is refused", () => {
	expect(() => readConversation({ platform: "teams", id: "C0123456789" })).toThrow("no Slack conversation");
});
