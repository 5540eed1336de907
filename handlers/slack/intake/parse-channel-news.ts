import { z } from "zod";

/** What became of us in a channel. `here`: we may speak there. */
type ChannelState = "here" | "removed" | "archived" | "deleted";

/** Something that happened to a channel and that decides whether we can speak there. */
export type ChannelNews = { readonly channel: string; readonly state: ChannelState; readonly name?: string };

/** The events that tell it, and what each means. */
const MEANING: Readonly<Record<string, ChannelState>> = {
	member_joined_channel: "here",
	channel_rename: "here",
	group_rename: "here",
	channel_unarchive: "here",
	group_unarchive: "here",
	member_left_channel: "removed",
	channel_left: "removed",
	group_left: "removed",
	channel_archive: "archived",
	group_archive: "archived",
	channel_deleted: "deleted",
	group_deleted: "deleted",
};

export const CHANNEL_EVENTS: readonly string[] = Object.keys(MEANING);

const NewsBody = z.object({
	event: z.object({
		type: z.string(),
		user: z.string().optional(),
		channel: z.union([z.string(), z.object({ id: z.string(), name: z.string().optional() })]),
	}),
});

/** Reads an event about a channel; undefined where it is about another member or nothing of ours. Pure. */
export function parseChannelNews(body: unknown, botUserId: string): ChannelNews | undefined {
	const parsed = NewsBody.safeParse(body);
	if (!parsed.success) return undefined;
	const { type, user, channel } = parsed.data.event;
	const state = Object.hasOwn(MEANING, type) ? MEANING[type] : undefined;
	if (state === undefined || (type.startsWith("member_") && user !== botUserId)) return undefined;
	if (typeof channel === "string") return { channel, state };
	return { channel: channel.id, state, ...(channel.name === undefined ? {} : { name: channel.name }) };
}
