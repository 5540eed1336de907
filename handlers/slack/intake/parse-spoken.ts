import { z } from "zod";
import type { SlackUser } from "../workspace/slack-user.ts";

/** Kinds of message in which a person newly wrote something. */
const WRITTEN: ReadonlySet<string | undefined> = new Set([
	undefined,
	"file_share",
	"me_message",
	"thread_broadcast",
]);

const MessageEvent = z.object({
	team_id: z.string(),
	event: z.object({
		type: z.enum(["message", "app_mention"]),
		subtype: z.string().optional(),
		user: z.string(),
		user_team: z.string().optional(),
		team: z.string().optional(),
		bot_id: z.string().optional(),
		edited: z.unknown().optional(),
		channel: z.string(),
		channel_type: z.string().optional(),
		ts: z.string(),
		thread_ts: z.string().optional(),
		text: z.string().default(""),
	}),
});

/** A message that a person wrote, whoever it is for. */
export type Spoken = {
	readonly user: SlackUser;
	readonly channel: string;
	readonly channelType?: string;
	readonly ts: string;
	/** The thread it stands in; undefined at the top of a channel. */
	readonly threadTs?: string;
	/** In Slack's own markup. What is quoted or forwarded is not part of it. */
	readonly text: string;
	/** Slack itself says that it mentions us. */
	readonly mention: boolean;
};

/**
 * Reads a `message` or `app_mention` event. Undefined for what nobody newly wrote: edits, joins, deletions, whatever a
 * bot posts, and our own messages. Pure.
 */
export function parseSpoken(body: unknown, botUserId: string): Spoken | undefined {
	const parsed = MessageEvent.safeParse(body);
	if (!parsed.success) return undefined;
	const { team_id, event } = parsed.data;
	const { type, subtype, user, bot_id, edited, channel, channel_type, ts, thread_ts, text } = event;
	if (!WRITTEN.has(subtype) || edited !== undefined) return undefined;
	if (bot_id !== undefined || user === botUserId || user === "USLACKBOT") return undefined;
	return {
		user: { id: user, team: event.user_team ?? event.team ?? team_id },
		channel,
		...(channel_type === undefined ? {} : { channelType: channel_type }),
		ts,
		...(thread_ts === undefined ? {} : { threadTs: thread_ts }),
		text,
		mention: type === "app_mention",
	};
}
