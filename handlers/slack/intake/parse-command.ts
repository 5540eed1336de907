import { z } from "zod";
import type { SlackUser } from "../workspace/slack-user.ts";

const CommandBody = z.object({
	team_id: z.string(),
	user_id: z.string(),
	user_name: z.string().optional(),
	channel_id: z.string(),
	text: z.string().default(""),
	response_url: z.string().optional(),
});

/** A slash command as somebody sent it. */
export type SlashCommand = {
	readonly user: SlackUser;
	readonly channel: string;
	readonly text: string;
	readonly responseUrl?: string;
};

/** Reads a slash command; undefined for anything else. Pure. */
export function parseCommand(body: unknown): SlashCommand | undefined {
	const parsed = CommandBody.safeParse(body);
	if (!parsed.success) return undefined;
	const { team_id, user_id, user_name, channel_id, text, response_url } = parsed.data;
	return {
		user: { id: user_id, team: team_id, ...(user_name === undefined ? {} : { name: user_name }) },
		channel: channel_id,
		text,
		...(response_url === undefined ? {} : { responseUrl: response_url }),
	};
}
