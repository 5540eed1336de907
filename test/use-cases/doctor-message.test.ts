import { lintMessage } from "../../handlers/slack/render/lint-message.ts";
import { renderMessage as renderForSlack } from "../../handlers/slack/render/render-message.ts";
import { renderMessage as renderForTeams } from "../../handlers/teams/render/render-message.ts";
import type { CheckFinding } from "../../src/domain/check-finding.ts";
import { doctorMessage } from "../../src/use-cases/doctor-message.ts";
import { SAMPLE_NOW_MS, SAMPLE_TIME_ZONE } from "../fixtures/chat-messages.ts";

const ok: CheckFinding = {
	area: "store",
	name: "database",
	verdict: "ok",
	text: "Postgres answers in 2 ms.",
};
const off: CheckFinding = { area: "cloud", name: "accounts", verdict: "off", text: "No cloud is connected." };
const unsure: CheckFinding = {
	area: "teams",
	name: "channel ops",
	verdict: "warn",
	text: "Teams has not told the bot of the channel ops; messages are tried all the same.",
	remedy:
		"Open the channel in Teams, add the app Ops to its team where it is missing, write to the bot there once, and check its id in the configuration.",
};
const broken: CheckFinding = {
	area: "slack",
	name: "token",
	verdict: "fail",
	text: "Our Slack token is revoked.",
	remedy: "Install the app again and set SLACK_BOT_TOKEN to the new token.",
};
const frame = { nowMs: SAMPLE_NOW_MS, timeZone: SAMPLE_TIME_ZONE };
const many = (count: number, finding: CheckFinding) =>
	Array.from({ length: count }, (_, n) => ({ ...finding, name: `${finding.name}-${n}` }));

test("what is broken stands first in words, each with what to do; the rest is a table", () => {
	const message = doctorMessage([ok, unsure, off, broken]);
	expect(message.state).toEqual({ kind: "failed", text: "Broken" });
	expect(message.text).toBe(
		[
			"1 broken, 1 to look at, 1 fine.",
			`Broken: slack, token. ${broken.text}\nTo do: ${broken.remedy}`,
			`Look: teams, channel ops. ${unsure.text}\nTo do: ${unsure.remedy}`,
		].join("\n\n"),
	);
	expect(message.table?.rows).toEqual([
		["store: database", "fine", "Postgres answers in 2 ms."],
		["cloud: accounts", "off", "No cloud is connected."],
	]);
	expect(message.footer).toEqual([]);
});

test("when all is well it says so and shows what was looked at", () => {
	const message = doctorMessage(many(12, ok));
	expect(message.state).toEqual({ kind: "info", text: "Doctor" });
	expect(message.text).toBe("All 12 checks are fine.");
	expect(message.table?.rows).toHaveLength(10);
	expect(message.footer).toEqual(["and 2 more: npm run doctor"]);
});

test("when nothing is left for the table there is none", () => {
	expect(doctorMessage([broken]).table).toBeUndefined();
});

test("of many the first eight are told, broken ones first, and the others are counted", () => {
	const message = doctorMessage([...many(5, unsure), ...many(7, broken), ...many(9, ok)]);
	const text = message.text ?? "";
	expect(text.match(/^To do: /gm)).toHaveLength(8);
	expect(text.match(/^Broken: /gm)).toHaveLength(7);
	expect(message.table?.rows[0]?.slice(0, 2)).toEqual(["teams: channel ops-1", "look"]);
	expect(message.table?.rows).toHaveLength(10);
	expect(message.footer).toEqual(["and 3 more: npm run doctor"]);
});

test("nothing of what is to be done is cut off on any platform", () => {
	const message = doctorMessage([...many(8, unsure), ...many(12, ok)]);
	const slack = renderForSlack(message, frame);
	expect(slack.flatMap(({ blocks, text }) => lintMessage(blocks, text))).toEqual([]);
	expect(slack).toHaveLength(1);
	expect(JSON.stringify(slack[0]?.blocks).split(unsure.remedy ?? "?")).toHaveLength(9);
	const teams = renderForTeams(message, { ...frame, viewer: "reader" });
	expect(teams).toHaveLength(1);
	expect(JSON.stringify(teams[0]?.card.body).split(unsure.remedy ?? "?")).toHaveLength(9);
});

test("sentences without end are cut at a bound and stay within the messages a platform takes", () => {
	const endless = { ...broken, text: "x ".repeat(9000), remedy: "y ".repeat(9000) };
	const message = doctorMessage(many(20, endless));
	expect(message.text?.length).toBeLessThan(7000);
	const slack = renderForSlack(message, frame);
	expect(slack.flatMap(({ blocks, text }) => lintMessage(blocks, text))).toEqual([]);
	expect(slack.length).toBeLessThanOrEqual(2);
	expect(renderForTeams(message, { ...frame, viewer: "reader" })).toHaveLength(1);
});
