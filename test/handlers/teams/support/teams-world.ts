import { teamsConnector } from "../../../../handlers/teams/connector/connector.ts";
import { connectorCredentials } from "../../../../handlers/teams/connector/connector-credentials.ts";
import type { ConversationReference } from "../../../../handlers/teams/connector/conversation-reference.ts";
import { type BotConnector, startBotConnector } from "../../../fakes/bot-connector/start-bot-connector.ts";

export const CHANNEL = "19:ops@thread.tacv2";
export const CHAT = "19:group@thread.v2";

/** The fake Bot Connector with a channel and a chat, and our outgoing side turned to it. */
export async function teamsWorld(options: { readonly timeoutMs?: number } = {}) {
	const fake = await startBotConnector();
	fake.conversations.put({
		id: CHANNEL,
		kind: "channel",
		name: "ops",
		members: [
			{ id: "29:olga", name: "olga", aadObjectId: "0b000000-0000-4000-8000-000000000001" },
			{ id: "29:gus", name: "gus", userRole: "guest" },
		],
	});
	fake.conversations.put({ id: CHAT, kind: "groupChat", members: [] });
	const clock = { now: () => Date.now() };
	const credentials = connectorCredentials({
		appId: fake.appId,
		password: fake.appPassword,
		tenantId: fake.tenant,
		loginUrl: fake.url,
		clock,
	});
	const connector = teamsConnector({ credentials, clock, serviceHosts: [fake.host], ...options });
	return { fake, clock, credentials, connector, reference: referenceTo(fake) };
}

export function referenceTo(
	fake: BotConnector,
	kind: ConversationReference["conversationType"] = "channel",
): ConversationReference {
	return {
		serviceUrl: fake.serviceUrl,
		tenantId: fake.tenant,
		botId: `28:${fake.appId}`,
		conversationType: kind,
	};
}
