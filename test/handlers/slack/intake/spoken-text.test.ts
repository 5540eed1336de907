import { describe, expect, it } from "@jest/globals";
import {
	commandText,
	mentions,
	speaksToOther,
	spokenText,
} from "../../../../handlers/slack/intake/spoken-text.ts";

describe("what a person wrote in Slack", () => {
	it.each([
		["<@U0BOT> how is  checkout?", "how is checkout?"],
		["hey <@U0BOT|ops> status", "hey status"],
		["ask <@U7|bob> in <#C1|ops> about <https://a.test/x|the page>", "ask @bob in #ops about the page"],
		["<https://a.test/x> <mailto:a@b.test|a@b.test>", "https://a.test/x a@b.test"],
		["<!here> and <!subteam^S1|@oncall> and <!date^1^{time}|02:36>", "@here and @oncall and 02:36"],
		["a &lt; b &amp;&amp; c &gt; d &amp;lt;", "a < b && c > d &lt;"],
		["one\ntwo   three", "one\ntwo three"],
		["<<@U0BOT>", "<"],
	])("%j reads as %j", (text, expected) => {
		expect(spokenText(text, "U0BOT")).toBe(expected);
	});

	it("names people and channels by id where it is a command", () => {
		expect(commandText("roles grant <@U7|bob> admin <#C1|ops>", "U0BOT", "T1")).toBe(
			"roles grant slack:T1:U7 admin slack:C1",
		);
	});

	it("tells whom it speaks to", () => {
		expect([mentions("hi <@U0BOT>", "U0BOT"), mentions("hi <@U0BOT2>", "U0BOT")]).toEqual([true, false]);
		expect(
			["<@U7> look", " <@U7|bob> look", "<@U0BOT> look", "look <@U7>"].map((text) =>
				speaksToOther(text, "U0BOT"),
			),
		).toEqual([true, true, false, false]);
	});
});
