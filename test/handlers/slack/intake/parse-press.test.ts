import { describe, expect, it } from "@jest/globals";
import { parseReasonForm } from "../../../../handlers/slack/forms/parse-reason-form.ts";
import { renderReasonModal } from "../../../../handlers/slack/forms/render-reason-modal.ts";
import { parseChannelNews } from "../../../../handlers/slack/intake/parse-channel-news.ts";
import { parsePress } from "../../../../handlers/slack/intake/parse-press.ts";
import { parseSpoken } from "../../../../handlers/slack/intake/parse-spoken.ts";

const press = (action: object, more: object = {}) => ({
	type: "block_actions",
	team: { id: "T1" },
	user: { id: "U1", team_id: "T2", username: "alice" },
	channel: { id: "C1" },
	container: { message_ts: "1.1" },
	actions: [action],
	...more,
});

describe("a press", () => {
	it("means what its button stands for, and carries an id or a text", () => {
		const meant = (action_id: string, value?: string) => parsePress(press({ action_id, value }))?.meaning;
		expect(meant("approval.approve", "A-1")).toEqual({
			kind: "decide",
			verdict: "approve",
			approvalId: "A-1",
		});
		expect(meant("approval.deny.2", "A-1")).toEqual({ kind: "decide", verdict: "deny", approvalId: "A-1" });
		expect(meant("say.3", "why?")).toEqual({ kind: "say", text: "why?" });
		expect(meant("incident.evidence", "INC-1")).toEqual({ kind: "evidence", incidentId: "INC-1" });
		expect(meant("open", "x")).toBeUndefined();
		expect(meant("say", " ")).toBeUndefined();
		expect(meant("constructor", "x")).toBeUndefined();
	});

	it("is by the workspace of the person, not that of the channel", () => {
		expect(parsePress(press({ action_id: "approval.deny", value: "A-1" }))?.user).toEqual({
			id: "U1",
			team: "T2",
			name: "alice",
		});
	});

	it("keeps the thread of its message", () => {
		const body = press({ action_id: "say", value: "x" }, { message: { thread_ts: "0.9" } });
		expect(parsePress(body)).toMatchObject({
			place: { channel: "C1", threadTs: "0.9" },
			messageTs: "1.1",
			isEphemeral: false,
		});
	});

	it.each([
		null,
		[],
		{},
		press({}),
		{ ...press({ action_id: "say", value: "x" }), channel: undefined },
		press({ action_id: "say", value: "x".repeat(2001) }),
	])("that is none of ours is nothing: %#", (body) => {
		expect(parsePress(body)).toBeUndefined();
	});
});

describe("a form for a reason", () => {
	const view = renderReasonModal({
		approvalId: "A-1",
		title: "Restart checkout",
		verdict: "deny",
		required: false,
		conversation: { platform: "slack", id: "C123:1.1" },
	});
	const form = (value: unknown, metadata: string | undefined = view.private_metadata) => ({
		type: "view_submission",
		user: { id: "U1", team_id: "T1" },
		view: {
			callback_id: view.callback_id,
			private_metadata: metadata,
			state: { values: { reason: { reason: { value } } } },
		},
	});

	it("gives back what the form carried along, with the reason within its limit", () => {
		expect(parseReasonForm(form(` ${"x".repeat(900)}`))).toEqual({
			user: { id: "U1", team: "T1" },
			place: { channel: "C123", threadTs: "1.1" },
			approvalId: "A-1",
			verdict: "deny",
			decides: false,
			reason: "x".repeat(500),
		});
		expect(parseReasonForm(form(null))?.reason).toBe("");
	});

	it.each([
		"",
		"{",
		"[]",
		'{"approvalId":"A-1","verdict":"run"}',
		'{"approvalId":"A-1","verdict":"deny","required":false,"conversation":{"platform":"slack","id":"../x"}}',
	])("that carries something else is nothing: %j", (metadata) => {
		expect(parseReasonForm(form("x", metadata))).toBeUndefined();
	});
});

describe("an event", () => {
	it("about a channel counts where it is about us", () => {
		const news = (event: object) => parseChannelNews({ event }, "U0BOT");
		expect(news({ type: "member_joined_channel", user: "U0BOT", channel: "C1" })).toEqual({
			channel: "C1",
			state: "here",
		});
		expect(news({ type: "member_left_channel", user: "U1", channel: "C1" })).toBeUndefined();
		expect(news({ type: "group_left", channel: "G1" })).toEqual({ channel: "G1", state: "removed" });
		expect(news({ type: "channel_deleted", channel: "C1" })).toEqual({ channel: "C1", state: "deleted" });
		expect(news({ type: "channel_rename", channel: { id: "C1", name: "new" } })).toEqual({
			channel: "C1",
			state: "here",
			name: "new",
		});
		expect(news({ type: "toString", channel: "C1" })).toBeUndefined();
	});

	it("of a message names the workspace of who wrote it", () => {
		const event = {
			type: "message",
			user: "U1",
			channel: "C1",
			ts: "1.1",
			text: "hi",
			team: "T1",
			user_team: "T9",
		};
		expect(parseSpoken({ team_id: "T1", event }, "U0BOT")?.user).toEqual({ id: "U1", team: "T9" });
	});
});
