import type { ChatMessage } from "../../../src/domain/chat-message.ts";
import type { KnownBlock } from "./slack-message.ts";

/** The one block that may mention somebody: whom the configuration names, by id. */
export const CALL_OUT_BLOCK = "call-out";

/** Calls the user or group whom the configuration names for Slack; nothing where it names none, or not by an id. */
export function renderCallOut({ callOut }: ChatMessage): KnownBlock[] {
	const id = callOut?.slack ?? "";
	const isGroup = /^S[A-Z0-9]{2,20}$/.test(id);
	if (!isGroup && !/^[UW][A-Z0-9]{2,20}$/.test(id)) return [];
	const whom = isGroup
		? ({ type: "usergroup", usergroup_id: id } as const)
		: ({ type: "user", user_id: id } as const);
	return [
		{
			type: "rich_text",
			block_id: CALL_OUT_BLOCK,
			elements: [
				{
					type: "rich_text_section",
					elements: [whom, { type: "text", text: ": somebody must look at this now." }],
				},
			],
		},
	];
}
