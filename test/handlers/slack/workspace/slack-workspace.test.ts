import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createSlackClient } from "../../../../handlers/slack/workspace/slack-client.ts";
import { type SlackWorkspace, slackWorkspace } from "../../../../handlers/slack/workspace/slack-workspace.ts";
import { recordingLogger } from "../../../fakes/recording-logger.ts";
import { type SlackHarness, startSlack } from "../../../fakes/slack/slack-harness.ts";
import { until } from "../../../support/until.ts";

describe("who we are in Slack", () => {
	let slack: SlackHarness;
	let workspace: SlackWorkspace;
	let nowMs: number;

	beforeEach(async () => {
		slack = await startSlack();
		const logger = recordingLogger();
		nowMs = 1_000_000;
		const client = await createSlackClient({
			token: slack.botToken,
			apiUrl: slack.apiUrl,
			logger,
			timeoutMs: 300,
		});
		workspace = slackWorkspace({ client, clock: { now: () => nowMs }, logger });
	});
	afterEach(() => slack.close());

	test("is asked once, by however many at once, and kept", async () => {
		const [identity] = await Promise.all([workspace.identity(), workspace.identity()]);
		expect(identity).toMatchObject({
			teamId: "T000000001",
			teamName: "Acme",
			botUserId: "U0BOT",
			botId: "B0BOT",
			appId: "A0APP",
			url: "https://acme.slack.com/",
		});
		expect(identity.scopes).toContain("chat:write");
		expect(await workspace.identity()).toBe(identity);
		expect(slack.count("auth.test")).toBe(1);
	});

	test("what is not known yet is undefined at once, and known soon", async () => {
		expect(workspace.current()).toBeUndefined();
		await until(() => workspace.current() !== undefined);
		expect(slack.count("auth.test")).toBe(1);
	});

	test("after failures it is asked again with growing pauses", async () => {
		slack.fail("auth.test", { kind: "status", status: 500 }, 2);
		await expect(workspace.identity()).rejects.toMatchObject({ code: "unavailable" });
		await expect(workspace.identity()).rejects.toMatchObject({ code: "unavailable" });
		expect(slack.count("auth.test")).toBe(1);
		nowMs += 1_000;
		await expect(workspace.identity()).rejects.toMatchObject({ code: "unavailable" });
		nowMs += 1_500;
		await expect(workspace.identity()).rejects.toMatchObject({ code: "unavailable" });
		expect(slack.count("auth.test")).toBe(2);
		nowMs += 500;
		expect((await workspace.identity()).teamId).toBe("T000000001");
	});

	test("a refresh asks whatever is known, and a failed one leaves what was known", async () => {
		const before = await workspace.identity();
		slack.state.scopes = ["chat:write"];
		expect((await workspace.refresh()).scopes).toEqual(["chat:write"]);
		slack.state.tokenError = "token_revoked";
		await expect(workspace.refresh()).rejects.toMatchObject({ code: "forbidden" });
		expect(workspace.current()?.teamId).toBe(before.teamId);
	});
});
