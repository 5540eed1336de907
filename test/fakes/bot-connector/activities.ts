import type { Member, Place } from "./conversations.ts";

/** An activity as the Bot Connector delivers it: plain JSON. */
export type Activity = Readonly<Record<string, unknown>>;

/** What activities are made from. `nextId` counts the messages of the tenant. */
export type ActivitySource = {
	readonly serviceUrl: string;
	readonly appId: string;
	readonly tenant: string;
	readonly nextId: () => string;
};

/** Where and by whom. `thread` is the id of the message that a channel thread hangs on. */
export type Speech = {
	readonly place: Place;
	readonly from: Member;
	readonly thread?: string;
	readonly tenant?: string;
	readonly over?: Activity;
};

/** What all activities share. */
function baseActivity(source: ActivitySource, speech: Speech): Activity {
	const { place, from, thread, tenant = source.tenant } = speech;
	const inThread = place.kind === "channel" && thread !== undefined ? `;messageid=${thread}` : "";
	return {
		channelId: "msteams",
		serviceUrl: source.serviceUrl,
		timestamp: "2026-11-20T09:00:00.000Z",
		localTimestamp: "2026-11-20T10:00:00.000+01:00",
		localTimezone: "Europe/Berlin",
		from: {
			id: from.id,
			name: from.name,
			...(from.aadObjectId === undefined ? {} : { aadObjectId: from.aadObjectId }),
		},
		conversation: {
			...(place.kind === "personal" ? {} : { isGroup: true }),
			conversationType: place.kind,
			tenantId: tenant,
			id: `${place.id}${inThread}`,
		},
		recipient: { id: `28:${source.appId}`, name: "Ops" },
		channelData: {
			tenant: { id: tenant },
			...(place.kind === "channel"
				? {
						teamsChannelId: place.id,
						teamsTeamId: "19:team@thread.tacv2",
						channel: { id: place.id },
						team: { id: "19:team@thread.tacv2" },
					}
				: {}),
		},
		...speech.over,
	};
}

/** A message. Outside of 1:1 the bot is mentioned first, as Teams demands, unless `mention` is false. */
export function messageActivity(
	source: ActivitySource,
	speech: Speech & { readonly text: string; readonly mention?: boolean },
): Activity {
	const { text, place, mention = place.kind !== "personal" } = speech;
	const id = source.nextId();
	const thread = speech.thread ?? id;
	return {
		...baseActivity(source, { ...speech, thread }),
		type: "message",
		id,
		textFormat: "plain",
		locale: "en-GB",
		text: mention ? `<at>Ops</at> ${text}` : text,
		attachments: [{ contentType: "text/html", content: `<div>${text}</div>` }],
		entities: [
			...(mention
				? [
						{
							type: "mention",
							text: "<at>Ops</at>",
							mentioned: { id: `28:${source.appId}`, name: "Ops" },
						},
					]
				: []),
			{ type: "clientInfo", locale: "en-GB", country: "GB", platform: "Web", timezone: "Europe/Berlin" },
		],
		...speech.over,
	};
}

/** A press of an Action.Execute, or the call that an opened card's `refresh` makes (`trigger: "automatic"`). */
export function invokeActivity(
	source: ActivitySource,
	speech: Speech & {
		readonly verb: string;
		readonly data?: Activity;
		readonly replyToId?: string;
		readonly trigger?: "manual" | "automatic";
	},
): Activity {
	const { verb, data = {}, replyToId, trigger = "manual" } = speech;
	return {
		...baseActivity(source, { ...speech, thread: speech.thread ?? replyToId ?? "1" }),
		type: "invoke",
		name: "adaptiveCard/action",
		id: `f:${source.nextId()}`,
		...(replyToId === undefined ? {} : { replyToId }),
		value: { action: { type: "Action.Execute", verb, data }, trigger },
		...speech.over,
	};
}

/** What happened to a conversation: the bot came or went, a channel got another name or was deleted. */
export function updateActivity(
	source: ActivitySource,
	speech: Speech & {
		readonly event: "botAdded" | "botRemoved" | "channelRenamed" | "channelDeleted" | "teamDeleted";
		readonly name?: string;
	},
): Activity {
	const { event, name } = speech;
	const base = baseActivity(source, speech);
	const bot = [{ id: `28:${source.appId}` }];
	const channel = { id: speech.place.id, ...(name === undefined ? {} : { name }) };
	const data = { ...(base.channelData as Activity), channel };
	return {
		...base,
		type: "conversationUpdate",
		id: `f:${source.nextId()}`,
		...(event === "botAdded" ? { membersAdded: bot } : {}),
		...(event === "botRemoved" ? { membersRemoved: bot } : {}),
		channelData: event.startsWith("bot") ? base.channelData : { ...data, eventType: event },
		...speech.over,
	};
}

/** The app was installed or taken away: `action` is add or remove. */
export function installationActivity(
	source: ActivitySource,
	speech: Speech & { readonly action: "add" | "remove" | "add-upgrade" | "remove-upgrade" },
): Activity {
	return {
		...baseActivity(source, speech),
		type: "installationUpdate",
		id: `f:${source.nextId()}`,
		action: speech.action,
		...speech.over,
	};
}
