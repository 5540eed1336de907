import { formatDuration } from "../../../src/domain/quantity.ts";
import type { InboxStore } from "../../../src/ports/chat-stores.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import type { SelfCheck } from "../../../src/ports/self-check.ts";
import { type ConfiguredChannel, checkChannel } from "./check-channel.ts";
import { errorFinding, type SlackFinding } from "./error-finding.ts";
import type { SlackClient } from "./slack-client.ts";
import { SLACK_SCOPES } from "./slack-scopes.ts";
import type { SlackIdentity, SlackWorkspace } from "./slack-workspace.ts";

/** What is looked at. `client` and `workspace` are there where SLACK_BOT_TOKEN is set. */
export type SlackCheckOptions = {
	readonly client?: SlackClient;
	readonly workspace?: Pick<SlackWorkspace, "refresh">;
	/** Names of the settings that are there: none, some or all of SLACK_BOT_TOKEN, _SIGNING_SECRET and _APP_TOKEN. */
	readonly settings: readonly string[];
	/** The configured channels on Slack: their names in the configuration and their ids. */
	readonly channels: () => Promise<readonly ConfiguredChannel[]>;
	readonly inbox: Pick<InboxStore, "count">;
	readonly publicUrl?: string;
	readonly clock: Clock;
};

/** Slack refuses nothing by its clock, but we refuse what is signed over five minutes from ours. */
const CLOCK_FAIL_MS = 300_000;
const CLOCK_WARN_MS = 60_000;
const QUIET_MS = 7 * 24 * 3_600_000;

/** Looks at Slack: token, scopes, how Slack reaches us, the configured channels, deliveries, clock. */
export function slackCheck(options: SlackCheckOptions): SelfCheck {
	return {
		area: "slack",
		async run() {
			const findings = await look(options);
			return findings.map((finding) => ({ area: "slack", ...finding }));
		},
	};
}

async function look(options: SlackCheckOptions): Promise<readonly SlackFinding[]> {
	const { client, workspace, settings } = options;
	if (settings.length === 0)
		return [
			{
				name: "settings",
				verdict: "off",
				text: "Slack is not connected.",
				remedy: "To connect it, follow docs/slack.md.",
			},
		];
	if (!client || !workspace)
		return [
			{
				name: "token",
				verdict: "fail",
				text: "SLACK_BOT_TOKEN is not set, so nothing can be posted.",
				remedy: "Set it to the bot token that begins with xoxb-, and start again.",
			},
			incoming(options),
		];
	try {
		const identity = await workspace.refresh();
		const channels = await options.channels();
		return [
			signIn(identity),
			...scopes(identity),
			incoming(options),
			...(await Promise.all(channels.map((channel) => checkChannel(client, channel)))),
			...(await deliveries(options)),
			...clockFinding(client),
		];
	} catch (error) {
		return [errorFinding("token", error), incoming(options), ...(await deliveries(options))];
	}
}

function signIn({ teamName, teamId }: SlackIdentity): SlackFinding {
	return { name: "token", verdict: "ok", text: `Slack knows us in ${teamName || teamId} (${teamId}).` };
}

function scopes({ scopes: granted }: SlackIdentity): readonly SlackFinding[] {
	const missing = SLACK_SCOPES.filter(({ scope }) => !granted.includes(scope));
	if (missing.length === 0)
		return [{ name: "scopes", verdict: "ok", text: `All ${SLACK_SCOPES.length} scopes are granted.` }];
	return missing.map(({ scope, without, essential }) => ({
		name: `scope ${scope}`,
		verdict: essential ? "fail" : "warn",
		text: `The scope ${scope} is missing, so ${without}.`,
		remedy: `Add ${scope} under OAuth & Permissions at api.slack.com/apps, and install the app again.`,
	}));
}

function incoming({ settings, publicUrl }: SlackCheckOptions): SlackFinding {
	const name = "way in";
	if (settings.includes("SLACK_SIGNING_SECRET")) {
		const address = `${publicUrl?.replace(/\/$/, "") ?? "this installation's public address"}/slack/events`;
		return { name, verdict: "ok", text: `Slack delivers over HTTP to ${address}.` };
	}
	if (settings.includes("SLACK_APP_TOKEN"))
		return { name, verdict: "ok", text: "Slack delivers over a socket that we open." };
	return {
		name,
		verdict: "fail",
		text: "Slack can't reach us: neither SLACK_SIGNING_SECRET nor SLACK_APP_TOKEN is set.",
		remedy: "Set one of them as docs/slack.md says, and start again.",
	};
}

async function deliveries({ inbox, clock, settings }: SlackCheckOptions): Promise<readonly SlackFinding[]> {
	const name = "deliveries";
	const bySocket = !settings.includes("SLACK_SIGNING_SECRET");
	const remedy = bySocket
		? "Check that Socket Mode is on in the app's settings, and mention the bot in a channel."
		: "Check the request URL under Event Subscriptions in the app's settings, and mention the bot in a channel.";
	try {
		const atMs = (await inbox.count()).lastReceivedAtMs.slack;
		if (atMs === undefined)
			return [{ name, verdict: "warn", text: "Slack has not delivered anything yet.", remedy }];
		const ageMs = Math.max(0, clock.now() - atMs);
		const text = `Slack last delivered something ${formatDuration(ageMs)} ago.`;
		return [ageMs > QUIET_MS ? { name, verdict: "warn", text, remedy } : { name, verdict: "ok", text }];
	} catch (error) {
		return [errorFinding(name, error)];
	}
}

function clockFinding(client: SlackClient): readonly SlackFinding[] {
	const aheadMs = client.clockAheadMs();
	if (aheadMs === undefined) return [];
	const name = "clock";
	const offMs = Math.abs(aheadMs);
	if (offMs <= CLOCK_WARN_MS)
		return [{ name, verdict: "ok", text: "Our clock agrees with Slack's to within a minute." }];
	const text = `Our clock is ${formatDuration(offMs)} ${aheadMs > 0 ? "behind" : "ahead of"} Slack's`;
	const remedy = "Set the machine's clock by NTP.";
	return [
		offMs > CLOCK_FAIL_MS
			? { name, verdict: "fail", text: `${text}, so what Slack delivers is refused as stale.`, remedy }
			: { name, verdict: "warn", text: `${text}; from five minutes on its deliveries are refused.`, remedy },
	];
}
