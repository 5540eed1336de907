import { refuseMessage, refuseView } from "./block-limits.ts";
import type { EmulatedSlack } from "./emulated-slack.ts";
import { asObject, asObjects, asText, type JsonObject } from "./json-object.ts";
import { neededScope } from "./needed-scope.ts";
import { APP_ID, BOT_ID, BOT_USER_ID, TEAM_ID, type WorkspaceState } from "./workspace-state.ts";

export type WebApi = {
	/** Answers a call as Slack would. Calls by tokens other than the bot's and the app's are refused. */
	answer(method: string, args: JsonObject, token: string): Promise<JsonObject>;
	/** Takes the content of a file whose address was given out; false where it was not. */
	upload(fileId: string, bytes: Uint8Array): Promise<boolean>;
};

type Tokens = { readonly bot: string; readonly app: string };

/** Slack's Web API: the emulator, with the checks and fields that it lacks. `socketUrl` is for Socket Mode. */
export function slackWebApi(
	state: WorkspaceState,
	emulator: EmulatedSlack,
	tokens: Tokens,
	base: { readonly socketUrl: () => string; readonly uploadUrl: (fileId: string) => string },
): WebApi {
	const channelOf = (args: JsonObject) => state.channels.get(asText(args.channel)) ?? {};
	/** A fresh file may be refused some times before it is ready. */
	const fileIsReady = (id: string): boolean => {
		const file = state.files.get(id);
		if (!file?.completed) return false;
		if (file.refusals === 0) return true;
		file.refusals -= 1;
		return false;
	};

	function refuse(method: string, args: JsonObject, token: string): JsonObject | undefined {
		if (token === "") return { ok: false, error: "not_authed" };
		const expected = method === "apps.connections.open" ? tokens.app : tokens.bot;
		if (token !== expected) return { ok: false, error: "invalid_auth" };
		if (state.tokenError !== undefined) return { ok: false, error: state.tokenError };
		const channel = channelOf(args);
		const needed = neededScope(method, asText(args.channel), channel.isPrivate === true);
		if (needed !== undefined && !state.scopes.includes(needed))
			return { ok: false, error: "missing_scope", needed, provided: state.scopes.join(",") };
		if (args.channel === undefined) return undefined;
		const hidden = channel.isPrivate === true && channel.botIsOut === true;
		if (channel.isDeleted === true || hidden) return { ok: false, error: "channel_not_found" };
		if (method === "conversations.info") return undefined;
		if (channel.botIsOut === true) return { ok: false, error: "not_in_channel" };
		if (channel.isArchived === true && method.startsWith("chat.")) return { ok: false, error: "is_archived" };
		return undefined;
	}

	function refuseContent(method: string, args: JsonObject): JsonObject | undefined {
		const refusal = method.startsWith("views.")
			? refuseView(asObject(args.view), fileIsReady)
			: ["chat.postMessage", "chat.postEphemeral", "chat.update"].includes(method)
				? refuseMessage(args, method === "chat.update", fileIsReady)
				: undefined;
		if (refusal === undefined) return undefined;
		const said = { messages: [`[ERROR] ${refusal.why}`] };
		return { ok: false, error: refusal.error, errors: [refusal.why], response_metadata: said };
	}

	/** The emulator's answer with what it leaves out, kept where tests look at it. */
	function complete(method: string, args: JsonObject, answer: JsonObject): JsonObject {
		if (answer.ok !== true) return answer;
		switch (method) {
			case "users.info":
				return { ...answer, user: describePerson(asObject(answer.user)) };
			case "conversations.info":
				return { ...answer, channel: describeChannel(asObject(answer.channel)) };
			case "conversations.history":
			case "conversations.replies":
				return { ...answer, messages: describeMessages(args, asObjects(answer.messages)) };
			case "chat.postEphemeral":
				keepEphemeral(args);
				return answer;
			case "views.open":
				state.views.push({ id: asText(asObject(answer.view).id), view: asObject(answer.view) });
				return answer;
			case "files.getUploadURLExternal":
				return { ...answer, upload_url: keepFile(args, asText(answer.file_id)) };
			case "files.completeUploadExternal":
				for (const { id } of asObjects(args.files)) markComplete(asText(id));
				return answer;
			default:
				return answer;
		}
	}

	function describePerson(user: JsonObject): JsonObject {
		const person = state.people.get(asText(user.id)) ?? {};
		return {
			...user,
			team_id: person.teamId ?? TEAM_ID,
			deleted: person.deleted ?? false,
			is_bot: person.isBot ?? user.is_bot === true,
			is_restricted: person.isRestricted ?? false,
			is_ultra_restricted: person.isUltraRestricted ?? false,
			is_stranger: person.isStranger ?? false,
			tz: person.timeZone ?? "Europe/Berlin",
		};
	}

	function describeChannel(channel: JsonObject): JsonObject {
		const { name, isPrivate, isArchived, botIsOut } = state.channels.get(asText(channel.id)) ?? {};
		return {
			...channel,
			name: name ?? channel.name,
			is_private: isPrivate ?? channel.is_private === true,
			is_archived: isArchived ?? false,
			is_member: botIsOut !== true,
		};
	}

	function describeMessages(args: JsonObject, messages: readonly JsonObject[]): readonly JsonObject[] {
		const oldest = asText(args.oldest);
		const withMetadata = args.include_all_metadata === "true" || args.include_all_metadata === true;
		return messages
			.filter(({ ts }) => ts === args.ts || asText(ts) >= oldest)
			.map(({ metadata, ...message }) => ({
				...message,
				...(message.user === BOT_USER_ID ? { bot_id: BOT_ID, app_id: APP_ID } : {}),
				...(withMetadata && metadata !== undefined ? { metadata } : {}),
			}));
	}

	function keepEphemeral(args: JsonObject): void {
		state.ephemerals.push({
			channel: asText(args.channel),
			user: asText(args.user),
			text: asText(args.text),
			blocks: asObjects(args.blocks),
			...(asText(args.thread_ts) === "" ? {} : { threadTs: asText(args.thread_ts) }),
		});
	}

	function keepFile(args: JsonObject, id: string): string {
		state.files.set(id, {
			id,
			name: asText(args.filename),
			altText: asText(args.alt_txt),
			bytes: new Uint8Array(),
			completed: false,
			refusals: state.fileRefusals,
		});
		return base.uploadUrl(id);
	}

	function markComplete(id: string): void {
		const file = state.files.get(id);
		if (file) file.completed = true;
	}

	return {
		answer: async (method, args, token) => {
			const refusal = refuse(method, args, token) ?? refuseContent(method, args);
			if (refusal) return refusal;
			if (method === "assistant.threads.setStatus") return { ok: true };
			if (method === "apps.connections.open") return { ok: true, url: base.socketUrl() };
			return complete(method, args, await emulator.call(method, args, token));
		},
		upload: async (fileId, bytes) => {
			const file = state.files.get(fileId);
			if (!file || !(await emulator.upload(fileId, bytes))) return false;
			file.bytes = bytes;
			return true;
		},
	};
}
