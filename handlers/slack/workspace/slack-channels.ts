import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import type { Audience } from "../../../src/domain/chat-event.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import { isOneToOne } from "../conversation-id.ts";
import { timedCache } from "./timed-cache.ts";

/** What is known of a channel. */
type SlackChannel = { readonly kind: Audience["kind"]; readonly name?: string };

/** Who reads along in a channel. */
export type SlackChannels = {
	/** `channelType` is what an event says of it. Names prove nothing: a public channel may be called `privategroup`. */
	describe(channel: string, channelType?: string): Promise<SlackChannel>;
};

const Info = z.object({
	name: z.string().optional(),
	is_im: z.boolean().optional(),
	is_mpim: z.boolean().optional(),
	is_group: z.boolean().optional(),
	is_private: z.boolean().optional(),
});

/** A channel that was public may be made private, so this does not hold for long. */
const CHANNEL_HOLDS_MS = 300_000;

/** Asks Slack where an event does not tell. A channel that can't be read counts as public: the least is told there. */
export function slackChannels(deps: { readonly client: WebClient; readonly clock: Clock }): SlackChannels {
	const { client, clock } = deps;
	const known = timedCache<SlackChannel>({ clock, ttlMs: CHANNEL_HOLDS_MS, maximumEntries: 2000 });
	return {
		async describe(channel, channelType) {
			const kind = kindOfType(channel, channelType);
			if (kind !== undefined) return { kind };
			try {
				return await known.get(channel, async () =>
					describeInfo(await client.conversations.info({ channel })),
				);
			} catch {
				return { kind: "public" };
			}
		},
	};
}

/** Undefined where the event does not settle it. */
function kindOfType(channel: string, channelType: string | undefined): Audience["kind"] | undefined {
	if (channelType === "im" || channelType === "app_home" || isOneToOne(channel)) return "direct";
	if (channelType === "group" || channelType === "mpim") return "private";
	return channelType === "channel" ? "public" : undefined;
}

function describeInfo(reply: { readonly channel?: unknown }): SlackChannel {
	const { name, is_im, is_mpim, is_group, is_private } = Info.parse(reply.channel);
	const kind = is_im ? "direct" : is_mpim || is_group || is_private ? "private" : "public";
	return { kind, ...(name === undefined ? {} : { name }) };
}
