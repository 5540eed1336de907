import { randomUUID } from "node:crypto";
import { asObject, asObjects, asText, type JsonObject } from "./json-object.ts";
import { APP_ID, BOT_USER_ID, TEAM_DOMAIN, TEAM_ID } from "./workspace-state.ts";

const TOKEN = "deprecated-verification-token";
const TEAM = { id: TEAM_ID, domain: TEAM_DOMAIN };

/** Who acts: the id and name of a user, and of their team where it is another. */
export type Who = { readonly id: string; readonly name: string; readonly teamId?: string };
export type Where = { readonly id: string; readonly name: string };

/** The envelope of the Events API around an event. */
export function eventCallback(event: JsonObject): JsonObject {
	return {
		token: TOKEN,
		team_id: TEAM_ID,
		context_team_id: TEAM_ID,
		context_enterprise_id: null,
		api_app_id: APP_ID,
		event,
		type: "event_callback",
		event_id: `Ev${randomUUID().slice(0, 9).replace("-", "").toUpperCase()}`,
		event_time: Math.floor(Number(event.event_ts ?? Date.now() / 1000)),
		authorizations: [
			{
				enterprise_id: null,
				team_id: TEAM_ID,
				user_id: BOT_USER_ID,
				is_bot: true,
				is_enterprise_install: false,
			},
		],
		is_ext_shared_channel: false,
	};
}

/** The fields that `message` and `app_mention` share. */
export function messageEvent(
	type: "message" | "app_mention",
	who: Who,
	message: {
		readonly channel: string;
		readonly text: string;
		readonly ts: string;
		readonly threadTs?: string;
	},
	channelType: "channel" | "group" | "im",
): JsonObject {
	const { channel, text, ts, threadTs } = message;
	return {
		type,
		user: who.id,
		...(who.teamId === undefined ? {} : { user_team: who.teamId }),
		text,
		ts,
		team: who.teamId ?? TEAM_ID,
		client_msg_id: randomUUID(),
		channel,
		event_ts: ts,
		...(threadTs === undefined ? {} : { thread_ts: threadTs, parent_user_id: BOT_USER_ID }),
		...(type === "message" ? { channel_type: channelType } : {}),
	};
}

/** A slash command's form. */
export function slashCommand(
	who: Who,
	where: Where,
	command: { readonly name: string; readonly text: string },
	more: { readonly responseUrl: string; readonly triggerId: string },
): JsonObject {
	return {
		token: TOKEN,
		team_id: TEAM_ID,
		team_domain: TEAM_DOMAIN,
		channel_id: where.id,
		channel_name: where.name,
		user_id: who.id,
		user_name: who.name,
		command: command.name,
		text: command.text,
		api_app_id: APP_ID,
		is_enterprise_install: "false",
		response_url: more.responseUrl,
		trigger_id: more.triggerId,
	};
}

/** A press on an element of a message. `message` is left out of presses in ephemeral messages. */
export function blockActions(
	who: Who,
	where: Where,
	press: {
		readonly ts: string;
		readonly message?: JsonObject;
		readonly action: JsonObject;
		readonly isEphemeral: boolean;
	},
	more: { readonly responseUrl: string; readonly triggerId: string },
): JsonObject {
	const threadTs = press.message?.thread_ts;
	return {
		type: "block_actions",
		user: userOf(who),
		api_app_id: APP_ID,
		token: TOKEN,
		container: {
			type: "message",
			message_ts: press.ts,
			channel_id: where.id,
			is_ephemeral: press.isEphemeral,
			...(threadTs === undefined ? {} : { thread_ts: threadTs }),
		},
		trigger_id: more.triggerId,
		team: TEAM,
		enterprise: null,
		is_enterprise_install: false,
		channel: where,
		...(press.message === undefined ? {} : { message: press.message }),
		state: { values: {} },
		response_url: more.responseUrl,
		actions: [press.action],
	};
}

/** A modal that is sent in. `values`: block id -> action id -> the element's state. */
export function viewSubmission(
	who: Who,
	view: JsonObject,
	values: JsonObject,
	triggerId: string,
): JsonObject {
	return {
		type: "view_submission",
		team: TEAM,
		user: userOf(who),
		api_app_id: APP_ID,
		token: TOKEN,
		trigger_id: triggerId,
		view: { ...view, state: { values } },
		response_urls: [],
		is_enterprise_install: false,
		enterprise: null,
	};
}

/** The pressed element of a message's blocks as an action; undefined where there is none of that id. */
export function actionOf(blocks: readonly JsonObject[], actionId: string): JsonObject | undefined {
	for (const block of blocks) {
		const elements = [...asObjects(block.elements), asObject(block.accessory)];
		const element = elements.find((one) => one.action_id === actionId);
		if (!element) continue;
		const { type, text, value, style } = element;
		const shown = { type, text, ...(value === undefined ? {} : { value }), ...(style ? { style } : {}) };
		return { action_id: actionId, block_id: asText(block.block_id) || "b1", ...shown };
	}
	return undefined;
}

function userOf(who: Who): JsonObject {
	return { id: who.id, username: who.name, name: who.name, team_id: who.teamId ?? TEAM_ID };
}
