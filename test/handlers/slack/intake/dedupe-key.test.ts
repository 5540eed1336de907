import { describe, expect, it } from "@jest/globals";
import { dedupeKey } from "../../../../handlers/slack/intake/dedupe-key.ts";

const message = {
	type: "event_callback",
	team_id: "T1",
	event_id: "Ev1",
	event: { type: "message", channel: "C1", ts: "1.1", user: "U1", text: "hi" },
};
const press = {
	type: "block_actions",
	team: { id: "T1" },
	user: { id: "U1" },
	channel: { id: "C1" },
	container: { message_ts: "1.1" },
	actions: [{ action_id: "approval.approve", action_ts: "5.1", value: "A-1" }],
};

describe("what Slack repeats", () => {
	it("of a message is where it stands, whatever the event id and whether or not it mentions us", () => {
		const keys = [
			message,
			{ ...message, event_id: "Ev2" },
			{ ...message, event: { ...message.event, type: "app_mention" } },
		].map(dedupeKey);
		expect(new Set(keys)).toEqual(new Set(["message:T1:C1:1.1"]));
	});

	it("of an edit, a deletion or a join is the event: they carry the time of another message", () => {
		for (const subtype of ["message_changed", "message_deleted", "channel_join"])
			expect(dedupeKey({ ...message, event: { ...message.event, subtype } })).toBe("event:Ev1");
	});

	it("of a press is the button, the person and the moment, but not the value", () => {
		const [action] = press.actions;
		const key = dedupeKey(press);
		expect(key).toBe("press:T1:C1:1.1:approval.approve:U1:5.1");
		expect(dedupeKey({ ...press, actions: [{ ...action, value: "A-2" }] })).toBe(key);
		const others = [
			{ ...press, user: { id: "U2" } },
			{ ...press, channel: { id: "C2" } },
			{ ...press, container: { message_ts: "1.2" } },
			{ ...press, actions: [{ ...action, action_ts: "5.2" }] },
			{ ...press, actions: [{ ...action, action_id: "approval.deny" }] },
		];
		expect(new Set([key, ...others.map(dedupeKey)]).size).toBe(others.length + 1);
	});

	it("of a command is its trigger, of a form the view and its hash, of any other event its id", () => {
		expect(dedupeKey({ command: "/ops", trigger_id: "9.9" })).toBe("command:9.9");
		const form = { type: "view_submission", view: { id: "V1", hash: "h1" } };
		expect(dedupeKey(form)).toBe("view:V1:h1:view_submission");
		expect(dedupeKey({ ...message, event: { type: "channel_archive", channel: "C1" } })).toBe("event:Ev1");
	});

	it("of what is incomplete or unknown is its whole content", () => {
		const [one, same, other] = [
			{ type: "shortcut", a: 1 },
			{ type: "shortcut", a: 1 },
			{ type: "shortcut", a: 2 },
		];
		expect(dedupeKey(one)).toBe(dedupeKey(same));
		expect(dedupeKey(one)).not.toBe(dedupeKey(other));
		expect(dedupeKey({ ...press, user: {} })).toMatch(/^body:[0-9a-f]{64}$/);
	});

	it("is short, however long the parts are", () => {
		const long = (end: string) => dedupeKey({ command: "/ops", trigger_id: `${"9".repeat(100_000)}${end}` });
		expect(long("1").length).toBeLessThan(100);
		expect(long("1")).not.toBe(long("2"));
	});
});
