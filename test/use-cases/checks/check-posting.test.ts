import { toAppError as slackError } from "../../../handlers/slack/to-app-error.ts";
import { signInError } from "../../../handlers/teams/connector/sign-in-error.ts";
import { toAppError as teamsError } from "../../../handlers/teams/to-app-error.ts";
import type { Channel } from "../../../src/domain/routing.ts";
import type { TroubledChannel } from "../../../src/ports/chat-stores.ts";
import { checkPosting, postingFindings } from "../../../src/use-cases/checks/check-posting.ts";

const channels: readonly Channel[] = [
	{
		name: "ops",
		charts: "light",
		conversations: [
			{ platform: "slack", id: "CC148E3499" },
			{ platform: "teams", id: "19:ops@thread.tacv2" },
		],
	},
	{ name: "db", charts: "light", conversations: [{ platform: "slack", id: "C2" }] },
];
const slackProblem = (said: string, more: object = {}) =>
	slackError({ data: { error: said, ...more } }, "chat.postMessage").message;
const trouble = (problem: string, parts: Partial<TroubledChannel> = {}): TroubledChannel => ({
	channel: { platform: "slack", id: "CC148E3499" },
	problem,
	waiting: 2,
	sinceMs: 0,
	nextInSeconds: 41.2,
	...parts,
});
const at = (platform: string, id: string) => ({ channel: { platform, id } });
const find = (...troubled: readonly TroubledChannel[]) => postingFindings(troubled, channels);

it("says when all was delivered", async () => {
	const check = checkPosting({ troubled: async () => [] }, channels);
	expect(await check.run()).toEqual([
		{ area: "posting", name: "messages", verdict: "ok", text: "All were delivered." },
	]);
});

it("calls a channel what the configuration calls it, and says when it is tried next", () => {
	expect(find(trouble(slackProblem("not_in_channel")))).toEqual([
		{
			area: "posting",
			name: "slack #ops",
			verdict: "fail",
			text: "We are not in this Slack channel. 2 messages wait; they are tried again in 42 seconds.",
			remedy:
				"Type /invite with the app's name in #ops, or change #ops under channels: in the configuration.",
		},
	]);
	const [unnamed] = find(trouble(slackProblem("not_in_channel"), { ...at("slack", "C9"), waiting: 1 }));
	expect(unnamed).toMatchObject({ name: "slack C9" });
	expect(unnamed?.text).toContain("1 message waits; it is tried again in 42 seconds.");
	expect(unnamed?.remedy).toBe("Type /invite with the app's name in C9, or ask elsewhere.");
});

it.each([
	["0 seconds left", 0, "tried again now."],
	["a second left", 0.3, "tried again in 1 second."],
])("with %s says so", (_name, nextInSeconds, words) => {
	expect(find(trouble("Why.", { nextInSeconds }))[0]?.text).toContain(words);
});

it("tells a problem of the whole platform once, with the number of channels", () => {
	const revoked = slackProblem("token_revoked");
	expect(
		find(
			trouble(revoked),
			trouble(revoked, { ...at("slack", "C2"), waiting: 1, nextInSeconds: 7 }),
			trouble(slackProblem("is_archived"), at("slack", "C3")),
		),
	).toMatchObject([
		{
			name: "slack",
			text: "Our Slack token is revoked. 3 messages wait for 2 channels; they are tried again in 7 seconds.",
			remedy: "Install the app again, set SLACK_BOT_TOKEN to its new token, and restart.",
		},
		{ name: "slack C3" },
	]);
});

it("tells problems of channels for each channel", () => {
	const kicked = slackProblem("not_in_channel");
	expect(find(trouble(kicked), trouble(kicked, at("slack", "C2"))).map(({ name }) => name)).toEqual([
		"slack #ops",
		"slack #db",
	]);
});

describe("the one thing to do", () => {
	const remedyOf = (problem: string, platform = "slack", id = "CC148E3499") => {
		const [finding] = find(trouble(problem, at(platform, id)));
		return [finding?.name, finding?.remedy];
	};

	it.each([
		["is_archived", "slack #ops", /^Unarchive #ops, or change #ops under channels:/],
		["channel_not_found", "slack #ops", /^Type \/invite with the app's name in #ops, or change #ops/],
		["token_expired", "slack", /SLACK_BOT_TOKEN/],
		["invalid_auth", "slack", /SLACK_BOT_TOKEN/],
		["not_authed", "slack", /SLACK_BOT_TOKEN/],
		["account_inactive", "slack", /SLACK_BOT_TOKEN/],
		["service_unavailable", "slack", /^Check that this machine reaches it/],
		["restricted_action", "slack #ops", /^Ask an administrator of the workspace to allow it\.$/],
	])("about Slack's %s", (said, name, remedy) => {
		expect(remedyOf(slackProblem(said))).toEqual([name, expect.stringMatching(remedy)]);
	});

	it.each(["chat:write", "files:write"])("about the missing scope %s names it", (needed) => {
		expect(remedyOf(slackProblem("missing_scope", { needed }))).toEqual([
			"slack",
			`Add the scope ${needed} under OAuth & Permissions at api.slack.com/apps, and install the app again.`,
		]);
	});

	it("about Teams", () => {
		const teams = (problem: string) => remedyOf(problem, "teams", "19:ops@thread.tacv2");
		const answer = (status: number) => teamsError({ status, body: "" }, 0).message;
		expect(teams(answer(403))).toEqual([
			"teams #ops",
			expect.stringMatching(/^Add the app to the team or chat of #ops/),
		]);
		expect(teams(answer(401))).toEqual(["teams", "Check MICROSOFT_APP_ID, and restart."]);
		expect(teams(answer(503))).toEqual(["teams", expect.stringMatching(/^Check that this machine/)]);
		const expired = signInError(401, JSON.stringify({ error_codes: [7_000_222] })).message;
		expect(teams(expired)).toEqual([
			"teams",
			expect.stringMatching(/MICROSOFT_APP_PASSWORD.*, and restart\.$/),
		]);
		const unknownTenant = signInError(400, JSON.stringify({ error_codes: [90_002] })).message;
		expect(teams(unknownTenant)).toEqual(["teams", expect.stringMatching(/MICROSOFT_APP_TENANT_ID/)]);
	});

	it("about a platform that is no longer set up", () => {
		expect(remedyOf("slack is not connected here; set it up, or change the route.")).toEqual([
			"slack",
			"Set slack up, or take it out of channels: in the configuration, and restart.",
		]);
	});
});
