import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { z } from "zod";
import { CHANNEL_EVENTS } from "../../../../handlers/slack/intake/parse-channel-news.ts";
import { SLACK_SCOPES, scopeLoss } from "../../../../handlers/slack/workspace/slack-scopes.ts";

const text = readFileSync("manifests/slack.yaml", "utf8");
const Manifest = z.object({
	display_information: z.object({
		name: z.string().max(35),
		description: z.string().max(140),
		long_description: z.string().min(174).max(4000),
	}),
	features: z.object({
		app_home: z.object({
			home_tab_enabled: z.literal(false),
			messages_tab_read_only_enabled: z.literal(false),
		}),
		slash_commands: z.tuple([z.object({ command: z.literal("/ops"), should_escape: z.literal(true) })]),
	}),
	oauth_config: z.object({ scopes: z.strictObject({ bot: z.array(z.string()) }) }),
	settings: z.object({
		event_subscriptions: z.object({ bot_events: z.array(z.string()) }),
		interactivity: z.object({ is_enabled: z.literal(true) }),
		socket_mode_enabled: z.literal(true),
	}),
});
const manifest = Manifest.parse(parse(text));

/** The scope that an event needs, as its page of Slack's says; any one of several. */
const SCOPES_OF_EVENT: Readonly<Record<string, readonly string[]>> = {
	app_mention: ["app_mentions:read"],
	"message.channels": ["channels:history"],
	"message.groups": ["groups:history"],
	"message.im": ["im:history"],
	member_joined_channel: ["channels:read", "groups:read"],
	member_left_channel: ["channels:read", "groups:read"],
};
/** The scope that each called method needs in some channel. */
const METHODS: Readonly<Record<string, readonly string[]>> = {
	"chat.postMessage": ["chat:write"],
	"conversations.history": ["channels:history", "groups:history", "im:history"],
	"conversations.info": ["channels:read", "groups:read"],
	"files.completeUploadExternal": ["files:write"],
	"users.info": ["users:read"],
};

describe("the Slack app's manifest", () => {
	test("asks for the scopes that the code needs, and no others", () => {
		const asked = manifest.oauth_config.scopes.bot;
		expect(asked.toSorted()).toEqual(SLACK_SCOPES.map(({ scope }) => scope).toSorted());
	});

	test("gives a reason above every scope", () => {
		for (const scope of manifest.oauth_config.scopes.bot)
			expect(text).toMatch(new RegExp(`# .+\\.\\n +- ${scope}\\n`));
	});

	test("hears exactly the events that are listened to", () => {
		const heard = ["app_mention", "message.channels", "message.groups", "message.im", ...CHANNEL_EVENTS];
		expect(manifest.settings.event_subscriptions.bot_events.toSorted()).toEqual(heard.toSorted());
	});

	test("has a scope for every event, and nothing but commands beside events and calls", () => {
		const scopes = SLACK_SCOPES.map(({ scope }) => scope);
		const ofEvents = manifest.settings.event_subscriptions.bot_events.map((event) => {
			const kind = event.startsWith("group_") ? "groups:read" : "channels:read";
			return SCOPES_OF_EVENT[event] ?? [kind];
		});
		const needed = new Set([...ofEvents, ...Object.values(METHODS)].flat());
		expect([...needed, "commands"].toSorted()).toEqual(scopes.toSorted());
	});

	test("names addresses only in comments, as Socket Mode has none", () => {
		expect(text.match(/^\s*# (?:request_)?url: https:\/\/ops\.example\.com\/slack\/events$/gm)).toHaveLength(
			3,
		);
		const overHttp = text.replaceAll(/# ((?:request_)?url: )/g, "$1");
		const { settings } = Manifest.extend({
			settings: z.object({ event_subscriptions: z.object({ request_url: z.url() }) }),
		}).parse(parse(overHttp));
		expect(settings.event_subscriptions.request_url).toContain("/slack/events");
	});
});

test("what a scope's absence means is a part of a sentence", () => {
	expect(scopeLoss("files:write")).toBe(", so messages come without charts");
	expect(scopeLoss("admin")).toBe("");
});
