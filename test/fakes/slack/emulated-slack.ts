import { createEmulator } from "emulate";
import { asText, type JsonObject } from "./json-object.ts";
import { APP_ID, BOT_ID, BOT_USER_ID, TEAM_DOMAIN } from "./workspace-state.ts";

/** The emulator, which keeps channels, people, messages, files and views. */
export type EmulatedSlack = {
	/** Calls a method past the gateway: nothing is checked, logged or goes wrong on the way. */
	call(method: string, args: JsonObject, token?: string): Promise<JsonObject>;
	/** Takes the content of a file that files.getUploadURLExternal named. */
	upload(fileId: string, bytes: Uint8Array): Promise<boolean>;
	readonly userIds: ReadonlyMap<string, string>;
	readonly channelIds: ReadonlyMap<string, string>;
	close(): Promise<void>;
};

/** The token by which a person of the workspace writes. */
export const userToken = (name: string): string => `xoxp-${name}`;

/** The emulator refuses a token after 5,000 calls within an hour, which a long run makes: then the bot has another. */
const CALLS_A_TOKEN = 4_000;
const BOT_TOKENS = 100;

/** Starts the emulator with people and public channels; everybody is a member of each. */
export async function startEmulatedSlack(options: {
	readonly botToken: string;
	readonly people: readonly string[];
	readonly channels: readonly string[];
}): Promise<EmulatedSlack> {
	const { botToken, people, channels } = options;
	const bot = { app_id: APP_ID, bot_id: BOT_ID, bot_user_id: BOT_USER_ID };
	const app = { client_id: "1.2", client_secret: "client-secret", name: "SmartCloudOps", redirect_uris: [] };
	const slack = {
		team: { name: "Acme", domain: TEAM_DOMAIN },
		users: people.map((name) => ({ name, real_name: name, email: `${name}@acme.test` })),
		oauth_apps: [{ ...app, ...bot, bot_name: "smartcloudops", scopes: [] }],
		channels: channels.map((name) => ({ name, topic: name })),
		tokens: [
			...Array.from({ length: BOT_TOKENS }, (_, index) => ({
				token: `${botToken}-${index}`,
				type: "bot",
				user_id: BOT_USER_ID,
				...bot,
			})),
			...people.map((name) => ({ token: userToken(name), type: "user", user: name })),
		],
	};
	const emulator = await createEmulator({ service: "slack", port: 0, seed: { slack } });
	const { url } = emulator;
	let calls = 0;
	const call = async (method: string, args: JsonObject, token = botToken): Promise<JsonObject> => {
		const known = token === botToken ? `${token}-${Math.floor(calls++ / CALLS_A_TOKEN) % BOT_TOKENS}` : token;
		const response = await fetch(`${url}/api/${method}`, {
			method: "POST",
			headers: { authorization: `Bearer ${known}`, "content-type": "application/json" },
			body: JSON.stringify(args),
		});
		return (await response.json()) as JsonObject;
	};
	const upload = async (fileId: string, bytes: Uint8Array) =>
		(await fetch(`${url}/upload/v1/${fileId}`, { method: "POST", body: new Uint8Array(bytes) })).ok;
	const idsByName = (list: unknown) =>
		new Map((list as JsonObject[]).map((one) => [asText(one.name), asText(one.id)]));
	const userIds = idsByName((await call("users.list", {})).members);
	const channelIds = idsByName((await call("conversations.list", {})).channels);
	return { call, upload, userIds, channelIds, close: () => emulator.close() };
}
