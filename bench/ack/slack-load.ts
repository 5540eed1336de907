import { createHmac } from "node:crypto";
import { dedupeKey } from "../../handlers/slack/intake/dedupe-key.ts";
import { startSlack } from "../../test/fakes/slack/slack-harness.ts";
import { TEAM_ID } from "../../test/fakes/slack/workspace-state.ts";
import type { AckLoad } from "./ack-load.ts";

const CHANNELS = ["ops", "checkout", "payments", "search"];
/** One message in so many speaks to the bot; the others are what people write to each other. */
const MENTION_EVERY = 50;

/** Events as a busy workspace has them: every message its own, in four channels. */
export async function slackLoad(): Promise<AckLoad> {
	const slack = await startSlack({ channels: CHANNELS });
	const ids = CHANNELS.map((name) => slack.channelId(name));
	const user = slack.userId("alice");
	return {
		path: "/slack/events",
		env: {
			SLACK_BOT_TOKEN: slack.botToken,
			SLACK_SIGNING_SECRET: slack.signingSecret,
			SLACK_API_URL: slack.apiUrl,
		},
		shot: (index) => {
			const seconds = Math.floor(Date.now() / 1000);
			const ts = `${seconds}.${String(index).padStart(6, "0")}`;
			const channel = ids[index % ids.length] ?? "";
			const mention = index % MENTION_EVERY === 0;
			const event = {
				team_id: TEAM_ID,
				api_app_id: "A0APP",
				type: "event_callback",
				event_id: `Ev${index}`,
				event_time: seconds,
				event: {
					type: mention ? "app_mention" : "message",
					user,
					text: mention ? "<@U0BOT> help" : `deploy ${index} looks fine to me`,
					ts,
					channel,
					channel_type: "channel",
					event_ts: ts,
				},
			};
			const body = JSON.stringify(event);
			const signature = createHmac("sha256", slack.signingSecret)
				.update(`v0:${seconds}:${body}`)
				.digest("hex");
			return {
				key: dedupeKey(event),
				headers: {
					"content-type": "application/json",
					"x-slack-request-timestamp": String(seconds),
					"x-slack-signature": `v0=${signature}`,
				},
				body,
			};
		},
		close: () => slack.close(),
	};
}
