import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type SlackCheckOptions, slackCheck } from "../../../../handlers/slack/workspace/self-check.ts";
import { createSlackClient } from "../../../../handlers/slack/workspace/slack-client.ts";
import { SLACK_SCOPES } from "../../../../handlers/slack/workspace/slack-scopes.ts";
import { slackWorkspace } from "../../../../handlers/slack/workspace/slack-workspace.ts";
import type { CheckFinding } from "../../../../src/domain/check-finding.ts";
import { recordingLogger } from "../../../fakes/recording-logger.ts";
import { type SlackHarness, startSlack } from "../../../fakes/slack/slack-harness.ts";

const HOUR_MS = 3_600_000;
const clock = { now: () => Date.now() };

describe("the doctor's look at Slack", () => {
	let slack: SlackHarness;
	let lastMs: number | undefined;

	beforeEach(async () => {
		slack = await startSlack({ scopes: SLACK_SCOPES.map(({ scope }) => scope) });
		lastMs = Date.now() - 2 * HOUR_MS;
	});
	afterEach(() => slack.close());

	const look = async (parts: Partial<SlackCheckOptions> = {}): Promise<readonly CheckFinding[]> => {
		const logger = recordingLogger();
		const last: Record<string, number> = lastMs === undefined ? {} : { slack: lastMs };
		const options = { token: slack.botToken, apiUrl: slack.apiUrl, logger, timeoutMs: 300 };
		const client = await createSlackClient(options);
		return slackCheck({
			client,
			workspace: slackWorkspace({ client, clock, logger }),
			settings: ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"],
			channels: () =>
				Promise.resolve(["ops", "checkout"].map((name) => ({ name, id: slack.channelId(name) }))),
			inbox: { count: () => Promise.resolve({ waiting: 0, failed: 0, lastReceivedAtMs: last }) },
			publicUrl: "https://ops.example.com/",
			clock,
			...parts,
		}).run();
	};
	const named = (findings: readonly CheckFinding[], name: string) =>
		findings.find((finding) => finding.name === name);
	const troubles = (findings: readonly CheckFinding[]) => findings.filter(({ verdict }) => verdict !== "ok");

	test("a well installed app has nothing to mend", async () => {
		const findings = await look();
		expect(troubles(findings)).toEqual([]);
		expect(findings.map(({ name }) => name)).toEqual([
			"token",
			"scopes",
			"way in",
			"channel ops",
			"channel checkout",
			"deliveries",
			"clock",
		]);
		expect(named(findings, "token")?.text).toBe("Slack knows us in Acme (T000000001).");
		expect(named(findings, "way in")?.text).toContain("https://ops.example.com/slack/events");
		expect(named(findings, "deliveries")?.text).toBe("Slack last delivered something 2 h ago.");
	});

	test("without any setting Slack is off", async () => {
		expect(await look({ settings: [] })).toMatchObject([{ area: "slack", verdict: "off" }]);
	});

	test("a way in without a bot token is said", async () => {
		const findings = await look({ client: undefined, settings: ["SLACK_SIGNING_SECRET"] });
		expect(named(findings, "token")).toMatchObject({
			verdict: "fail",
			text: expect.stringContaining("SLACK_BOT_TOKEN"),
		});
	});

	test("a bot token without a way in is said", async () => {
		const finding = named(await look({ settings: ["SLACK_BOT_TOKEN"] }), "way in");
		expect(finding).toMatchObject({ verdict: "fail", remedy: expect.stringContaining("docs/slack.md") });
	});

	test.each(["token_revoked", "invalid_auth", "account_inactive"])("a token that is %s", async (said) => {
		slack.state.tokenError = said;
		const findings = await look();
		expect(named(findings, "token")).toMatchObject({
			verdict: "fail",
			remedy: "Install the app again and set SLACK_BOT_TOKEN to the new token.",
		});
		expect(named(findings, "deliveries")?.verdict).toBe("ok");
	});

	test("a Slack that does not answer is no broken installation", async () => {
		slack.fail("auth.test", { kind: "hang" });
		expect(named(await look(), "token")).toMatchObject({ verdict: "warn", text: "Slack does not answer." });
	});

	test.each(SLACK_SCOPES.map((scope) => [scope.scope, scope] as const))(
		"the missing scope %s is named with what stops working",
		async (scope, { without, essential }) => {
			slack.state.scopes = slack.state.scopes.filter((granted) => granted !== scope);
			const finding = named(await look(), `scope ${scope}`);
			expect(finding).toMatchObject({ verdict: essential ? "fail" : "warn" });
			expect(finding?.text).toBe(`The scope ${scope} is missing, so ${without}.`);
			expect(finding?.remedy).toContain("api.slack.com/apps");
		},
	);

	test.each([
		[{ isArchived: true }, "is archived"],
		[{ isDeleted: true }, "is deleted, or private and we are not in it"],
		[{ botIsOut: true }, "We are not in #ops"],
		[{ botIsOut: true, isPrivate: true }, "is deleted, or private and we are not in it"],
	])("a channel that is %j is said by its name", async (channel, words) => {
		slack.setChannel("ops", channel);
		const findings = await look();
		expect(troubles(findings)).toHaveLength(1);
		expect(named(findings, "channel ops")).toMatchObject({
			verdict: "fail",
			text: expect.stringContaining(words),
			remedy: expect.stringMatching(/\w+.*\.$/),
		});
	});

	test("a renamed channel is said under both names and goes on working", async () => {
		slack.setChannel("ops", { name: "operations" });
		expect(named(await look(), "channel ops")).toMatchObject({
			verdict: "ok",
			text: `We are in #operations (${slack.channelId("ops")}); the configuration calls it ops.`,
		});
	});

	test("that nothing was ever delivered is said, with where to look", async () => {
		lastMs = undefined;
		expect(named(await look(), "deliveries")).toMatchObject({
			verdict: "warn",
			text: "Slack has not delivered anything yet.",
			remedy: expect.stringContaining("request URL"),
		});
		const bySocket = await look({ settings: ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"] });
		expect(named(bySocket, "deliveries")?.remedy).toContain("Socket Mode");
	});

	test.each([
		[400_000, "fail", "behind"],
		[-400_000, "fail", "ahead of"],
		[120_000, "warn", "behind"],
		[0, "ok", "agrees"],
	])("a clock that Slack's is ahead of by %d ms", async (aheadMs, verdict, words) => {
		slack.state.clockAheadMs = aheadMs;
		expect(named(await look(), "clock")).toMatchObject({ verdict, text: expect.stringContaining(words) });
	});

	test("a store that fails is a finding, not an end of the check", async () => {
		const findings = await look({ inbox: { count: () => Promise.reject(new Error("down")) } });
		expect(named(findings, "deliveries")?.verdict).toBe("fail");
		expect(named(findings, "clock")?.verdict).toBe("ok");
	});
});
