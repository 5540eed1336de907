import { dedupeKey } from "../../handlers/teams/intake/dedupe-key.ts";
import { Activity } from "../../handlers/teams/intake/read-activity.ts";
import { messageActivity } from "../../test/fakes/bot-connector/activities.ts";
import { signDelivery } from "../../test/fakes/bot-connector/sign-delivery.ts";
import { startBotConnector } from "../../test/fakes/bot-connector/start-bot-connector.ts";
import type { AckLoad } from "./ack-load.ts";

/** Messages that mention the bot in a channel, each its own. One token signs many deliveries, as Microsoft's do. */
export async function teamsLoad(): Promise<AckLoad> {
	const teams = await startBotConnector();
	const authorization = (await signDelivery("good", teams.keys.current(), teams, Date.now())) ?? "";
	const from = { id: "29:alice", name: "Alice", aadObjectId: "00000000-0000-4000-8000-00000000a11c" };
	const place = { kind: "channel", id: "19:ops@thread.tacv2", members: [from] } as const;
	return {
		path: "/api/teams/messages",
		env: {
			MICROSOFT_APP_ID: teams.appId,
			MICROSOFT_APP_PASSWORD: teams.appPassword,
			MICROSOFT_APP_TENANT_ID: teams.tenant,
			MICROSOFT_LOGIN_URL: teams.url,
			MICROSOFT_OPENID_URL: teams.openIdUrl,
			TEAMS_SERVICE_HOSTS: teams.host,
		},
		shot: () => {
			const activity = messageActivity(teams.source, { place, from, text: "help" });
			return {
				key: dedupeKey(Activity.parse(activity)),
				headers: { "content-type": "application/json", authorization },
				body: JSON.stringify(activity),
			};
		},
		close: () => teams.close(),
	};
}
