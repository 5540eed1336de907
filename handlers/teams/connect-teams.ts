import { createHmac } from "node:crypto";
import type { Channel } from "../../src/domain/routing.ts";
import type { ChatConnection, ChatConnectionDeps, TeamsSettings } from "../../src/ports/chat-connection.ts";
import { chartCache, chartReply } from "./charts/chart-endpoint.ts";
import { sharedCharts } from "./charts/share-chart.ts";
import { teamsConnector } from "./connector/connector.ts";
import { connectorCredentials } from "./connector/connector-credentials.ts";
import { channelIdOf } from "./conversation-id.ts";
import { teamsIntake } from "./intake/intake.ts";
import { teamsPlatform } from "./platform.ts";
import { teamsCheck } from "./self-check.ts";

/** Teams, where it is set up. Microsoft's packages are loaded with the first message. */
export async function connectTeams(deps: ChatConnectionDeps): Promise<ChatConnection> {
	const { teams: settings, store, clock, logger, timeZone, publicUrl } = deps;
	const reachable = publicUrl === undefined ? {} : { publicUrl };
	const links = publicUrl === undefined ? {} : { consoleUrl: publicUrl };
	const common = {
		conversations: store.conversations,
		inbox: store.inbox,
		channels: teamsChannels(deps.channels),
		clock,
		...reachable,
	};
	if (!settings) return { check: teamsCheck({ ...common, settings: [] }) };
	const { appId, appPassword: password, tenantId, loginUrl, openIdUrl, serviceHosts } = settings;
	const credentials = connectorCredentials({ appId, password, tenantId, loginUrl, clock });
	const connector = teamsConnector({ credentials, serviceHosts, clock });
	const key = chartKey(settings);
	const charts = sharedCharts({ sharedCharts: store.sharedCharts, key, clock, ...reachable });
	const cache = chartCache();
	const deciders = async (approvalId: string) => {
		const identities = await deps.mayDecide(approvalId);
		return identities
			.filter(({ platform, tenant }) => platform === "teams" && tenant === tenantId)
			.map(({ userId }) => teamsUserId(userId));
	};
	return {
		platform: teamsPlatform({
			connector,
			conversations: store.conversations,
			charts,
			mayDecide: deciders,
			surfaceOf: ({ id }) => surfaceOf(deps.channels, channelIdOf(id)),
			clock,
			logger,
			timeZone,
			...links,
		}),
		check: teamsCheck({
			...common,
			credentials,
			settings: ["MICROSOFT_APP_ID", "MICROSOFT_APP_PASSWORD", "MICROSOFT_APP_TENANT_ID"],
		}),
		picture: (id, query) =>
			chartReply(
				{ sharedCharts: store.sharedCharts, charts: deps.charts, key, clock, timeZone, cache },
				id,
				query,
			),
		intake: ({ inbox, route, cardOf, count }) =>
			teamsIntake({
				appId,
				openIdUrl,
				tenants: [tenantId, ...settings.allowedTenants],
				serviceHosts,
				store,
				inbox,
				clock,
				logger,
				timeZone,
				...links,
				route,
				cardOf: async (subject, viewer) => {
					const card = await cardOf(subject, viewer);
					if (!card) return undefined;
					const chartUrl = await charts.addressOf(card.message);
					const { plan } = card.message;
					return {
						...card,
						...(chartUrl === undefined ? {} : { chartUrl }),
						...(plan ? { refreshUserIds: await deciders(plan.approvalId) } : {}),
					};
				},
				memberOf: (question) => connector.member(question),
				count: (outcome) => count("teams", outcome),
			}),
	};
}

/** A person as clients name them: Entra ids get the prefix by which Teams knows people of an organisation. */
function teamsUserId(userId: string): string {
	return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(userId) ? `8:orgid:${userId}` : userId;
}

/** Signs the addresses of pictures: the same on every replica, and of no use for anything else. */
function chartKey({ appId, appPassword }: TeamsSettings): Uint8Array {
	return createHmac("sha256", appPassword).update(`smartcloudops charts ${appId}`).digest();
}

function teamsChannels(channels: readonly Channel[]) {
	return channels.flatMap(({ name, conversations }) =>
		conversations
			.filter(({ platform }) => platform === "teams")
			.map(({ id }) => ({ name, conversationId: id })),
	);
}

function surfaceOf(channels: readonly Channel[], id: string): Channel["charts"] {
	const channel = channels.find(({ conversations }) =>
		conversations.some((place) => place.platform === "teams" && place.id === id),
	);
	return channel?.charts ?? "dark";
}
