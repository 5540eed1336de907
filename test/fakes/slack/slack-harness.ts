import { randomUUID } from "node:crypto";
import { type Delivery, type DeliveryOptions, deliverer } from "./deliver.ts";
import { startEmulatedSlack, userToken } from "./emulated-slack.ts";
import { type Faults, plantedFaults } from "./faults.ts";
import { startGateway } from "./gateway.ts";
import { asObject, asObjects, asText, type JsonObject } from "./json-object.ts";
import * as payloads from "./payloads.ts";
import { type SocketHub, socketHub } from "./socket-hub.ts";
import { slackWebApi } from "./web-api.ts";
import {
	BOT_USER_ID,
	type Channel,
	emptyState,
	type Person,
	type ResponseUrl,
	type WorkspaceState,
} from "./workspace-state.ts";

export type SlackHarnessOptions = {
	readonly botToken?: string;
	readonly appToken?: string;
	readonly signingSecret?: string;
	/** Names; each gets an id. */
	readonly people?: readonly string[];
	readonly channels?: readonly string[];
	/** What the bot token was granted. */
	readonly scopes?: readonly string[];
};

/** The scopes of a well installed app. */
const ALL_SCOPES = [
	"app_mentions:read",
	"channels:history",
	"channels:read",
	"chat:write",
	"commands",
	"files:write",
	"groups:history",
	"groups:read",
	"im:history",
	"users:read",
] as const;

/** What a person said. `deliveries` holds that of the message event, and with a mention that of app_mention. */
type Said = { readonly ts: string; readonly deliveries: readonly Delivery[] };
type WithResponse = Delivery & { readonly response: ResponseUrl };

/** A Slack workspace on loopback. People and channels are named by their names; `D...` names a direct channel. */
export type SlackHarness = Faults & {
	/** What SLACK_API_URL is set to. */
	readonly apiUrl: string;
	readonly botToken: string;
	readonly appToken: string;
	readonly signingSecret: string;
	readonly state: WorkspaceState;
	readonly socket: SocketHub;
	/** Where deliveries go; undefined: by Socket Mode. */
	connect(appUrl: string | undefined): void;
	userId(name: string): string;
	channelId(name: string): string;
	/** Changes what is known of a person or channel. */
	setPerson(name: string, person: Person): void;
	setChannel(name: string, channel: Channel): void;
	/** The direct channel between a person and the bot. */
	directChannel(user: string): Promise<string>;
	say(
		user: string,
		channel: string,
		text: string,
		options?: DeliveryOptions & { readonly threadTs?: string },
	): Promise<Said>;
	slash(
		user: string,
		channel: string,
		text: string,
		options?: DeliveryOptions & { readonly command?: string },
	): Promise<WithResponse>;
	/** Presses an element of a message; `value` forges the element's. */
	click(
		user: string,
		channel: string,
		message: JsonObject,
		actionId: string,
		options?: DeliveryOptions & {
			readonly value?: string;
			readonly actionTs?: string;
			readonly isEphemeral?: boolean;
		},
	): Promise<WithResponse>;
	submit(user: string, view: JsonObject, values: JsonObject, options?: DeliveryOptions): Promise<Delivery>;
	/** A person's message, or that of an app of theirs, that nobody is told of; gives its timestamp. */
	postAs(user: string, channel: string, args: JsonObject): Promise<string>;
	/** Any event, as it is. */
	event(event: JsonObject, options?: DeliveryOptions): Promise<Delivery>;
	/** A payload without the envelope of an event: url_verification, or something unheard of. */
	post(payload: JsonObject, options?: DeliveryOptions): Promise<Delivery>;
	/** The messages of a channel, oldest first; of a thread with its first where `threadTs` is given. */
	messages(channel: string, threadTs?: string): Promise<readonly JsonObject[]>;
	/** How often a method was called. */
	count(method: string): number;
	close(): Promise<void>;
};

/** Starts Slack. Close it when the test ends. */
export async function startSlack(options: SlackHarnessOptions = {}): Promise<SlackHarness> {
	const {
		botToken = "xoxb-1-2-test",
		appToken = "xapp-1-A0APP-test",
		signingSecret = "signing-secret-of-tests",
		people = ["alice", "bob", "carol"],
		channels = ["ops", "checkout"],
		scopes = ALL_SCOPES,
	} = options;
	const state = emptyState(scopes);
	const faults = plantedFaults();
	const emulator = await startEmulatedSlack({ botToken, people, channels });
	const gateway = await startGateway(state, faults, () => api);
	const socketUrl = () => `${gateway.base.replace("http", "ws")}/link/?ticket=${randomUUID()}`;
	const uploadUrl = (fileId: string) => `${gateway.base}/upload/${fileId}`;
	const tokens = { bot: botToken, app: appToken };
	const api = slackWebApi(state, emulator, tokens, { socketUrl, uploadUrl });
	const socket = socketHub(gateway.server);
	let appUrl: string | undefined;
	const deliver = deliverer(signingSecret, () => appUrl, socket);

	const idIn = (ids: ReadonlyMap<string, string>, name: string) => {
		const id = ids.get(name);
		if (id === undefined) throw new Error(`the workspace has no ${name}`);
		return id;
	};
	const userId = (name: string) => idIn(emulator.userIds, name);
	const channelId = (name: string) => (/^D[A-Z0-9]+$/.test(name) ? name : idIn(emulator.channelIds, name));
	const who = (name: string): payloads.Who => {
		const { teamId } = state.people.get(userId(name)) ?? {};
		return { id: userId(name), name, ...(teamId === undefined ? {} : { teamId }) };
	};
	const where = (name: string): payloads.Where => {
		const id = channelId(name);
		return { id, name: id.startsWith("D") ? "directmessage" : (state.channels.get(id)?.name ?? name) };
	};
	const channelType = (name: string) => {
		const id = channelId(name);
		return id.startsWith("D") ? "im" : state.channels.get(id)?.isPrivate ? "group" : "channel";
	};
	const triggerOf = async (user: string) =>
		asText((await emulator.call("views.generateTriggerId", { user_id: userId(user) })).trigger_id);
	const responseUrl = () => {
		const response: ResponseUrl = { id: randomUUID(), atMs: Date.now(), posts: [] };
		state.responses.push(response);
		return { response, url: `${gateway.base}/commands/${response.id}` };
	};
	const event = (payload: JsonObject, delivery?: DeliveryOptions) =>
		deliver({ kind: "events_api", payload: payloads.eventCallback(payload) }, delivery);

	return {
		...faults,
		apiUrl: `${gateway.base}/api/`,
		botToken,
		appToken,
		signingSecret,
		state,
		socket,
		connect: (url) => {
			appUrl = url;
		},
		userId,
		channelId,
		setPerson: (name, person) => void state.people.set(userId(name), person),
		setChannel: (name, channel) => void state.channels.set(channelId(name), channel),
		directChannel: async (user) => {
			const opened = await emulator.call("conversations.open", { users: userId(user) });
			return asText(asObject(opened.channel).id);
		},
		say: async (user, channel, text, { threadTs, ...delivery } = {}) => {
			const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
			const args = { channel: channelId(channel), text, ...thread };
			const ts = asText((await emulator.call("chat.postMessage", args, userToken(user))).ts);
			const message = { channel: channelId(channel), text, ts, ...(threadTs ? { threadTs } : {}) };
			const types = text.includes(`<@${BOT_USER_ID}>`)
				? (["message", "app_mention"] as const)
				: (["message"] as const);
			const deliveries: Delivery[] = [];
			for (const type of types) {
				const made = payloads.messageEvent(type, who(user), message, channelType(channel));
				deliveries.push(await event(made, delivery));
			}
			return { ts, deliveries };
		},
		slash: async (user, channel, text, { command = "/ops", ...delivery } = {}) => {
			const { response, url } = responseUrl();
			const more = { responseUrl: url, triggerId: await triggerOf(user) };
			const payload = payloads.slashCommand(who(user), where(channel), { name: command, text }, more);
			return { ...(await deliver({ kind: "slash_commands", payload }, delivery)), response };
		},
		click: async (
			user,
			channel,
			message,
			actionId,
			{ value, actionTs, isEphemeral = false, ...delivery } = {},
		) => {
			const action = payloads.actionOf(asObjects(message.blocks), actionId);
			if (!action) throw new Error(`the message has no element ${actionId}`);
			const pressed = {
				...action,
				...(value === undefined ? {} : { value }),
				action_ts: actionTs ?? (Date.now() / 1000).toFixed(6),
			};
			const { response, url } = responseUrl();
			const more = { responseUrl: url, triggerId: await triggerOf(user) };
			const press = { ts: asText(message.ts), action: pressed, isEphemeral };
			const shown = isEphemeral ? press : { ...press, message };
			const payload = payloads.blockActions(who(user), where(channel), shown, more);
			return { ...(await deliver({ kind: "interactive", payload }, delivery)), response };
		},
		submit: async (user, view, values, delivery) => {
			const payload = payloads.viewSubmission(who(user), view, values, await triggerOf(user));
			return deliver({ kind: "interactive", payload }, delivery);
		},
		postAs: async (user, channel, args) =>
			asText(
				(await emulator.call("chat.postMessage", { channel: channelId(channel), ...args }, userToken(user)))
					.ts,
			),
		event,
		post: (payload, delivery) => deliver({ kind: "events_api", payload }, delivery),
		messages: async (channel, threadTs) => {
			const args = { channel: channelId(channel), limit: 1000 };
			if (threadTs !== undefined)
				return asObjects((await emulator.call("conversations.replies", { ...args, ts: threadTs })).messages);
			return asObjects((await emulator.call("conversations.history", args)).messages).toReversed();
		},
		count: (method) => state.calls.filter((call) => call.method === method).length,
		close: async () => {
			socket.close();
			await gateway.close();
			await emulator.close();
		},
	};
}
