import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { AppError } from "../../../../src/domain/errors.ts";
import { signSlackBody } from "../../../fakes/slack/deliver.ts";
import { BOT_USER_ID } from "../../../fakes/slack/workspace-state.ts";
import { type IntakeWorld, intakeWorld } from "./intake-world.ts";
import { signedPost } from "./signed-post.ts";

let world: IntakeWorld;

beforeAll(async () => {
	world = await intakeWorld();
});
afterAll(() => world.close());

const FORM_TYPE = "application/x-www-form-urlencoded";

const post = (body: Uint8Array<ArrayBuffer> | string, headers: Readonly<Record<string, string>> = {}) =>
	signedPost(world.url, world.slack.signingSecret, body, headers);
const rows = async () =>
	Number((await world.test.query("select count(*) as n from smartcloudops.inbox"))[0]?.n);

describe("the address that Slack posts to", () => {
	it("proves itself when Slack asks", async () => {
		const { status, text } = await post(
			JSON.stringify({ type: "url_verification", challenge: "abc", token: "x" }),
		);
		expect([status, JSON.parse(text)]).toEqual([200, { challenge: "abc" }]);
	});

	it.each([
		["a wrong signature", { signature: "wrong" }],
		["no signature", { signature: "none" }],
		["a time more than five minutes behind", { secondsAhead: -310 }],
		["a time more than five minutes ahead", { secondsAhead: 310 }],
		["a time ten years ahead", { secondsAhead: 315_360_000 }],
	] as const)("case 31: with %s answers 401 and keeps nothing", async (_what, options) => {
		const before = await rows();
		const { deliveries } = await world.slack.say("alice", "ops", `<@${BOT_USER_ID}> hi`, options);
		expect(deliveries.map(({ status }) => status)).toEqual([401, 401]);
		expect(await rows()).toBe(before);
		expect(world.events).toEqual([]);
	});

	it.each(["", "abc", "1e9", "-1", "0x5f5e100", " ", "9999999999999999"])(
		"case 31: with the timestamp %j answers 401",
		async (timestamp) => {
			expect((await post("{}", { "x-slack-request-timestamp": timestamp })).status).toBe(401);
		},
	);

	it("case 31: with a signature of a changed body answers 401", async () => {
		const timestamp = String(Math.floor(Date.now() / 1000));
		const signature = signSlackBody(world.slack.signingSecret, timestamp, '{"type":"a"}');
		const headers = { "x-slack-request-timestamp": timestamp, "x-slack-signature": signature };
		expect((await post('{"type":"b"}', headers)).status).toBe(401);
	});

	it.each([
		["ten megabytes", new Uint8Array(10 * 1024 * 1024).fill(0x61), {}, 413],
		["invalid UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), {}, 400],
		["a gzip bomb", Uint8Array.from(gzipSync(Buffer.alloc(50_000_000))), { "content-encoding": "gzip" }, 422],
		["a gzip bomb that does not say so", Uint8Array.from(gzipSync(Buffer.alloc(50_000_000))), {}, 400],
		["another content type", "<a/>", { "content-type": "text/xml" }, 422],
		["no JSON", "{", {}, 400],
		["no object", "[1,2]", {}, 400],
		["a form with bytes that are not UTF-8", "command=%FF%FE", { "content-type": FORM_TYPE }, 400],
		["a form with a payload that is no JSON", "payload=%7B", { "content-type": FORM_TYPE }, 400],
		["a form of a million fields", "&".repeat(1_000_000), { "content-type": FORM_TYPE }, 400],
		["an object nested ten thousand deep", `${`{"a":`.repeat(10_000)}1${"}".repeat(10_000)}`, {}, 400],
	])("case 41: with %s answers 4xx at once and keeps nothing", async (_what, body, headers, expected) => {
		const before = await rows();
		expect((await post(body, headers as Record<string, string>)).status).toBe(expected);
		expect(await rows()).toBe(before);
	});

	it("keeps no credentials that Slack repeats in its payloads", async () => {
		await world.slack.slash("alice", "ops", "watches");
		const kept = await world.test.query("select payload::text as payload from smartcloudops.inbox");
		expect(kept.map(({ payload }) => String(payload)).join()).not.toContain("deprecated-verification-token");
	});

	it("answers 503 with Retry-After when more comes than can be taken", async () => {
		const inner = await intakeWorld({
			inbox: {
				accept: async () => {
					throw new AppError("limited", "More arrives than can be taken in.", { retryAfterSeconds: 1 });
				},
			},
		});
		try {
			const body = JSON.stringify({ type: "event_callback", event_id: "E1", event: { type: "x" } });
			const { status, retryAfter } = await signedPost(inner.url, inner.slack.signingSecret, body);
			expect([status, retryAfter]).toEqual([503, "1"]);
		} finally {
			await inner.close();
		}
	});

	it("takes what it does not know, and finishes it without a word", async () => {
		for (const payload of [
			{ type: "event_callback", event_id: "E2", event: "not an object" },
			{ type: "event_callback", event_id: "E3", event: { type: "never_heard_of" } },
			{ type: "block_actions", actions: "none" },
			{ type: "view_submission", view: { id: "V1", callback_id: "another" } },
			{ type: "shortcut", callback_id: "x" },
			{},
		])
			expect((await post(JSON.stringify(payload))).status).toBe(200);
		await world.settled();
		expect((await world.store.inbox.count()).failed).toBe(0);
	});
});
