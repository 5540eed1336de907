import { sentenceCase } from "../../domain/sentence-case.ts";
import type { TroubledChannel } from "../../ports/chat-stores.ts";

/** What keeps messages from a channel, by who can mend it and where. */
type ProblemKind = "unconnected" | "token" | "scope" | "absent" | "archived" | "gone" | "silent" | "other";

type PostingRemedy = {
	readonly kind: ProblemKind;
	/** Every channel of the platform has it, and it is mended in one place. */
	readonly ofPlatform: boolean;
	readonly remedy: string;
};

/** What tells each kind in the sentences of our platforms, the first that fits. */
const SIGNS: readonly (readonly [ProblemKind, RegExp])[] = [
	["unconnected", /is not connected here/],
	["scope", /lacks the scope/],
	["token", /\btoken\b|no longer installed|sign-in|\bpassword\b|\btenant\b|app is disabled/i],
	["silent", /does not answer|not available at the moment|can't take messages/],
	["archived", /\barchived\b/],
	["gone", /is deleted, or private/],
	["absent", /not in this|not part of this|has not told the bot/],
];

const OF_PLATFORM: ReadonlySet<ProblemKind> = new Set(["unconnected", "token", "scope", "silent"]);

/** The one thing to do about a problem, where `place` is the channel's name. Pure. */
export function postingRemedy(
	{ channel, problem }: Pick<TroubledChannel, "channel" | "problem">,
	place: string,
	configured: boolean,
): PostingRemedy {
	const kind = SIGNS.find(([, sign]) => sign.test(problem))?.[0] ?? "other";
	const ofPlatform = OF_PLATFORM.has(kind);
	return { kind, ofPlatform, remedy: remedyOf(kind, channel.platform, problem, place, configured) };
}

function remedyOf(
	kind: ProblemKind,
	platform: string,
	problem: string,
	place: string,
	configured: boolean,
): string {
	const elsewhere = configured ? `change ${place} under channels: in the configuration` : "ask elsewhere";
	const join =
		platform === "slack"
			? `type /invite with the app's name in ${place}`
			: `add the app to the team or chat of ${place}`;
	switch (kind) {
		case "unconnected":
			return `Set ${platform} up, or take it out of channels: in the configuration, and restart.`;
		case "scope": {
			const scope = /lacks the scope ([\w:.,-]+)/.exec(problem)?.[1]?.replace(/,$/, "") ?? "it names";
			return `Add the scope ${scope} under OAuth & Permissions at api.slack.com/apps, and install the app again.`;
		}
		case "token":
			return platform === "slack"
				? "Install the app again, set SLACK_BOT_TOKEN to its new token, and restart."
				: `${toldRemedy(problem) ?? "Check MICROSOFT_APP_ID, MICROSOFT_APP_PASSWORD and MICROSOFT_APP_TENANT_ID"}, and restart.`;
		case "silent":
			return "Check that this machine reaches it, and its status page; there is nothing to set.";
		case "archived":
			return sentenceCase(`unarchive ${place}, or ${elsewhere}.`);
		case "gone":
		case "absent":
			return sentenceCase(`${join}, or ${elsewhere}.`);
		case "other":
			return `${toldRemedy(problem) ?? "See the log for what the platform said"}.`;
	}
}

/** Our sentences say what is wrong, then what to do. */
function toldRemedy(problem: string): string | undefined {
	const [, ...told] = problem.split("; ");
	return told.length === 0 ? undefined : sentenceCase(told.join("; ").replace(/\.$/, ""));
}
