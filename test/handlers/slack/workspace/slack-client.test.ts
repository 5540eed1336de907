import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createSlackClient, type SlackClient } from "../../../../handlers/slack/workspace/slack-client.ts";
import { AppError } from "../../../../src/domain/errors.ts";
import { recordingLogger } from "../../../fakes/recording-logger.ts";
import type { Fault } from "../../../fakes/slack/faults.ts";
import { type SlackHarness, startSlack } from "../../../fakes/slack/slack-harness.ts";

const TOKEN = "xoxb-111-222-verysecrettoken";

describe("Slack's client", () => {
	let slack: SlackHarness;
	let client: SlackClient;
	let logger: ReturnType<typeof recordingLogger>;

	beforeEach(async () => {
		slack = await startSlack({ botToken: TOKEN });
		logger = recordingLogger();
		client = await createSlackClient({ token: TOKEN, apiUrl: slack.apiUrl, logger, timeoutMs: 400 });
	});
	afterEach(() => slack.close());

	const post = (text = "hello") =>
		client.apiCall("chat.postMessage", { channel: slack.channelId("ops"), text });
	const failure = async (act: () => Promise<unknown>): Promise<AppError> => {
		const error: unknown = await act().then(
			() => undefined,
			(thrown: unknown) => thrown,
		);
		expect(error).toBeInstanceOf(AppError);
		return error as AppError;
	};

	test("says what it did, and with which rights", async () => {
		expect((await post()).ok).toBe(true);
		const { team_id, response_metadata } = await client.auth.test();
		expect(team_id).toBe("T000000001");
		expect(response_metadata?.scopes).toContain("chat:write");
	});

	test("a rate limit is told with the time that Slack names, and nothing is tried again", async () => {
		slack.fail("chat.postMessage", { kind: "limited", retryAfterSeconds: 17 });
		const error = await failure(post);
		expect(error).toMatchObject({ code: "limited", retryAfterSeconds: 17 });
		expect(error.message).toContain("17 seconds");
		expect(slack.count("chat.postMessage")).toBe(1);
	});

	const outages: readonly Fault[] = [
		{ kind: "status", status: 503 },
		{ kind: "status", status: 404 },
		{ kind: "hang" },
		{ kind: "lost-reply" },
		{ kind: "not-json" },
		{ kind: "error", error: "internal_error" },
		{ kind: "error", error: "service_unavailable" },
	];
	test.each(outages)("%j is an outage, tried once", async (fault) => {
		slack.fail("chat.postMessage", fault);
		expect((await failure(post)).code).toBe("unavailable");
		expect(slack.count("chat.postMessage")).toBe(1);
	});

	test("an address where nobody listens is an outage", async () => {
		const nobody = await createSlackClient({ token: TOKEN, apiUrl: "http://127.0.0.1:9/api/", logger });
		expect((await failure(() => nobody.auth.test())).code).toBe("unavailable");
	});

	test.each(["invalid_auth", "token_revoked", "account_inactive"])(
		"a token that Slack answers with %s is forbidden, with the remedy",
		async (said) => {
			slack.state.tokenError = said;
			const error = await failure(post);
			expect(error).toMatchObject({ code: "forbidden", extra: { slack: said } });
			expect(error.message).toContain("SLACK_BOT_TOKEN");
		},
	);

	test("a missing scope is forbidden and named, with what no longer works", async () => {
		slack.state.scopes = ["chat:write"];
		const error = await failure(() => client.users.info({ user: slack.userId("alice") }));
		expect(error).toMatchObject({
			code: "forbidden",
			extra: { slack: "missing_scope", needed: "users:read" },
		});
		expect(error.message).toBe(
			"The Slack app lacks the scope users:read, so nobody can approve or deny; add it and install the app again.",
		);
	});

	test.each([
		[{ isArchived: true }, "is_archived", "archived"],
		[{ isDeleted: true }, "channel_not_found", "deleted"],
		[{ botIsOut: true }, "not_in_channel", "invite us"],
		[{ botIsOut: true, isPrivate: true }, "channel_not_found", "invite us"],
	])("a channel that is %j is gone", async (channel, said, word) => {
		slack.setChannel("ops", channel);
		const error = await failure(post);
		expect(error).toMatchObject({ code: "gone", extra: { slack: said } });
		expect(error.message).toContain(word);
	});

	test("a refused block is invalid, and the log's detail says where", async () => {
		const blocks = Array.from({ length: 51 }, () => ({ type: "divider" as const }));
		const error = await failure(() =>
			client.apiCall("chat.postMessage", { channel: slack.channelId("ops"), text: "x", blocks }),
		);
		expect(error).toMatchObject({ code: "invalid", extra: { slack: "invalid_blocks" } });
		expect(error.detail).toContain("no more than 50 items");
	});

	test("the token is in no error and no log line", async () => {
		const faults: readonly Fault[] = [
			...outages,
			{ kind: "limited", retryAfterSeconds: 1 },
			{ kind: "error", error: "invalid_auth" },
			{ kind: "error", error: "invalid_blocks", extra: { errors: ["bad"] } },
		];
		const seen: string[] = [];
		for (const fault of faults) {
			slack.fail("chat.postMessage", fault);
			const error = await failure(post);
			seen.push(inspect(error, { depth: 10, showHidden: true }));
		}
		expect(seen).toHaveLength(faults.length);
		expect([...seen, JSON.stringify(logger.records)].join("\n")).not.toContain("verysecret");
	});

	test("knows how far Slack's clock is ahead", async () => {
		expect(client.clockAheadMs()).toBeUndefined();
		slack.state.clockAheadMs = 600_000;
		await client.auth.test();
		expect(client.clockAheadMs()).toBeGreaterThan(590_000);
		expect(client.clockAheadMs()).toBeLessThan(610_000);
	});
});
