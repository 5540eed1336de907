import { channelIdOf } from "../conversation-id.ts";
import type { Activity } from "./read-activity.ts";

/** What happened to a conversation, as far as we keep it. Ids are without a thread. */
export type News =
	| { readonly kind: "joined" }
	| { readonly kind: "renamed"; readonly id: string; readonly name: string }
	| { readonly kind: "left"; readonly id: string; readonly teamId: string | undefined }
	| { readonly kind: "channel-gone"; readonly id: string }
	| { readonly kind: "team-gone"; readonly teamId: string };

/** The news of a conversationUpdate or installationUpdate; undefined where nothing of it is kept. Pure. */
export function parseNews(activity: Activity, botId: string): News | undefined {
	const { channelData, conversation } = activity;
	const id = channelIdOf(conversation.id);
	const teamId = channelData?.team?.id;
	if (activity.type === "installationUpdate") {
		if (activity.action?.startsWith("add")) return { kind: "joined" };
		return activity.action === "remove" ? { kind: "left", id, teamId } : undefined;
	}
	if (activity.membersAdded?.some((member) => member.id === botId)) return { kind: "joined" };
	if (activity.membersRemoved?.some((member) => member.id === botId)) return { kind: "left", id, teamId };
	const channel = channelData?.channel;
	switch (channelData?.eventType) {
		case "channelRenamed":
		case "channelRestored":
			return channel?.name ? { kind: "renamed", id: channel.id, name: channel.name } : undefined;
		case "channelDeleted":
			return channel && { kind: "channel-gone", id: channel.id };
		case "teamDeleted":
		case "teamHardDeleted":
			return teamId === undefined ? undefined : { kind: "team-gone", teamId };
		default:
			return undefined;
	}
}
