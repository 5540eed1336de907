import { z } from "zod";
import { AppError } from "../../../src/domain/errors.ts";
import { errorFinding, type SlackFinding } from "./error-finding.ts";
import type { SlackClient } from "./slack-client.ts";

/** A channel as the configuration names it. */
export type ConfiguredChannel = { readonly name: string; readonly id: string };

const Info = z.object({
	name: z.string().optional(),
	is_archived: z.boolean().optional(),
	is_member: z.boolean().optional(),
});

/** Whether we can speak in a configured channel. Never throws. */
export async function checkChannel(
	client: SlackClient,
	configured: ConfiguredChannel,
): Promise<SlackFinding> {
	const { name, id } = configured;
	const finding = { name: `channel ${name}` } as const;
	try {
		const { channel } = await client.conversations.info({ channel: id });
		const info = Info.parse(channel);
		const shown = `#${info.name ?? name} (${id})`;
		if (info.is_archived)
			return {
				...finding,
				verdict: "fail",
				text: `${shown} is archived, so nothing is posted there.`,
				remedy: `Unarchive it, or name another channel for ${name} in the configuration.`,
			};
		if (info.is_member === false)
			return {
				...finding,
				verdict: "fail",
				text: `We are not in ${shown}, so nothing is posted there.`,
				remedy: `Type /invite with the app's name in #${info.name ?? name}.`,
			};
		const called =
			info.name === undefined || info.name === name ? "" : `; the configuration calls it ${name}`;
		return { ...finding, verdict: "ok", text: `We are in ${shown}${called}.` };
	} catch (error) {
		if (!(error instanceof AppError) || error.extra.slack !== "channel_not_found")
			return errorFinding(finding.name, error);
		return {
			...finding,
			verdict: "fail",
			text: `The channel ${name} (${id}) is deleted, or private and we are not in it.`,
			remedy: `Invite the app there, or name another channel for ${name} in the configuration.`,
		};
	}
}
