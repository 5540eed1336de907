import { createHash } from "node:crypto";
import type { SlackBody } from "./read-body.ts";

/** Kinds of message in which a person newly wrote something; any other kind tells of a change. */
const WRITTEN: ReadonlySet<unknown> = new Set([
	undefined,
	"file_share",
	"me_message",
	"thread_broadcast",
	"bot_message",
]);

const MAXIMUM_CHARACTERS = 300;

/**
 * What Slack repeats when it delivers the same thing again, under whatever event id: for a message where it stands
 * (one key for `message` and `app_mention`), for a press the button and its moment. Pure.
 */
export function dedupeKey(body: SlackBody): string {
	const parts = keyParts(body) ?? ["body", createHash("sha256").update(JSON.stringify(body)).digest("hex")];
	const key = parts.join(":");
	if (key.length <= MAXIMUM_CHARACTERS) return key;
	return `${parts[0]}:${createHash("sha256").update(key).digest("hex")}`;
}

/** Undefined where a part is missing that makes the key unique. */
function keyParts(body: SlackBody): readonly string[] | undefined {
	if (body.type === "event_callback") return eventParts(body);
	if (body.type === "block_actions") return pressParts(body);
	if (body.type === "view_submission" || body.type === "view_closed") {
		const { id, hash } = fields(body.view);
		return named("view", id, hash ?? "", body.type);
	}
	if (body.command !== undefined) return named("command", body.trigger_id);
	return undefined;
}

function eventParts(body: SlackBody): readonly string[] | undefined {
	const { type, subtype, channel, ts } = fields(body.event);
	const written = (type === "message" || type === "app_mention") && WRITTEN.has(subtype);
	const place = written ? named("message", body.team_id, channel, ts) : undefined;
	return place ?? named("event", body.event_id);
}

function pressParts(body: SlackBody): readonly string[] | undefined {
	const action: unknown = Array.isArray(body.actions) ? body.actions[0] : undefined;
	const { action_id, action_ts } = fields(action);
	const { message_ts, view_id } = fields(body.container);
	const { id: channel = "" } = fields(body.channel);
	const at = message_ts ?? view_id ?? "";
	const { id: user } = fields(body.user);
	return named("press", fields(body.team).id ?? "", channel, at, action_id, user, action_ts);
}

function named(kind: string, ...values: readonly unknown[]): readonly string[] | undefined {
	return values.every((value) => typeof value === "string") ? [kind, ...values] : undefined;
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
