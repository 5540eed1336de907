import type { Channel } from "../../src/domain/routing.ts";
import { clockText, replaceTimesDeep } from "../../src/domain/time-text.ts";
import type { ChatConnection, ChatConnectionDeps } from "../../src/ports/chat-connection.ts";
import { readConversation } from "./conversation-id.ts";
import { slackIntake } from "./intake/intake.ts";
import { slackPlatform } from "./platform.ts";
import { slackCheck } from "./workspace/self-check.ts";
import { createSlackClient } from "./workspace/slack-client.ts";
import { slackWorkspace } from "./workspace/slack-workspace.ts";

const LOOK = { widthPx: 600, heightPx: 240 } as const;

/** Slack, where it is set up. Its packages are loaded only then. */
export async function connectSlack(deps: ChatConnectionDeps): Promise<ChatConnection> {
	const { slack: settings, store, clock, logger, timeZone, publicUrl } = deps;
	const channels = slackChannels(deps.channels);
	const common = {
		channels: async () => channels,
		inbox: store.inbox,
		clock,
		...(publicUrl === undefined ? {} : { publicUrl }),
	};
	if (!settings) return { check: slackCheck({ ...common, settings: [] }) };
	const { botToken: token, signingSecret, appToken, apiUrl } = settings;
	const client = await createSlackClient({ token, apiUrl, logger });
	const workspace = slackWorkspace({ client, clock, logger });
	const links = publicUrl === undefined ? {} : { consoleUrl: publicUrl };
	return {
		platform: slackPlatform({
			client,
			clock,
			logger,
			timeZone,
			...links,
			botId: () => workspace.current()?.botId,
			renderChart: (chart, conversation) => {
				const nowMs = clock.now();
				const labelled = replaceTimesDeep(chart, (atMs) => clockText(atMs, nowMs, timeZone));
				const theme = surfaceOf(deps.channels, readConversation(conversation).channel);
				return deps.charts.png(labelled, { ...LOOK, theme, timeZone });
			},
		}),
		check: slackCheck({
			...common,
			client,
			workspace,
			settings: [
				"SLACK_BOT_TOKEN",
				...(signingSecret === undefined ? [] : ["SLACK_SIGNING_SECRET"]),
				...(appToken === undefined ? [] : ["SLACK_APP_TOKEN"]),
			],
		}),
		intake: ({ inbox, route, incidentMessage }) =>
			slackIntake({
				...(signingSecret === undefined ? {} : { signingSecret }),
				...(appToken === undefined ? {} : { appToken }),
				client,
				workspace,
				store,
				inbox,
				clock,
				logger,
				route,
				incidentMessage,
				...links,
				timeZone,
				allowedResponseOrigins: [new URL(apiUrl).origin],
			}),
	};
}

function slackChannels(channels: readonly Channel[]) {
	return channels.flatMap(({ name, conversations }) =>
		conversations.filter(({ platform }) => platform === "slack").map(({ id }) => ({ name, id })),
	);
}

function surfaceOf(channels: readonly Channel[], id: string): Channel["charts"] {
	const channel = channels.find(({ conversations }) =>
		conversations.some((place) => place.platform === "slack" && place.id === id),
	);
	return channel?.charts ?? "dark";
}
