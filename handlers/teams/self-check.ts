import type { CheckFinding } from "../../src/domain/check-finding.ts";
import { toAppError } from "../../src/domain/errors.ts";
import { formatDuration } from "../../src/domain/quantity.ts";
import { sentenceCase } from "../../src/domain/sentence-case.ts";
import type { ConversationStore, InboxStore } from "../../src/ports/chat-stores.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { SelfCheck } from "../../src/ports/self-check.ts";
import type { ConnectorCredentials } from "./connector/connector-credentials.ts";
import { findReference, ownReference } from "./connector/find-reference.ts";
import { TEAMS } from "./platform.ts";

/** What is looked at. `credentials` are there where all of the bot's three settings are. */
export type TeamsCheckOptions = {
	readonly credentials?: Pick<ConnectorCredentials, "accessToken">;
	/** Names of the settings that are there: none, some or all of MICROSOFT_APP_ID, _PASSWORD and _TENANT_ID. */
	readonly settings: readonly string[];
	readonly conversations: Pick<ConversationStore, "get" | "list">;
	readonly inbox: Pick<InboxStore, "count">;
	/** The configured channels on Teams: their names and conversation ids. */
	readonly channels: readonly { readonly name: string; readonly conversationId: string }[];
	readonly publicUrl?: string;
	readonly clock: Clock;
};

const NEEDED = ["MICROSOFT_APP_ID", "MICROSOFT_APP_PASSWORD", "MICROSOFT_APP_TENANT_ID"] as const;

type Finding = Omit<CheckFinding, "area">;

/** Looks at Teams: sign-in, what Teams told us of, the configured channels, the address of pictures, deliveries. */
export function teamsCheck(options: TeamsCheckOptions): SelfCheck {
	return {
		area: "teams",
		async run() {
			const findings = await look(options);
			return findings.map((finding) => ({ area: "teams", ...finding }));
		},
	};
}

async function look(options: TeamsCheckOptions): Promise<readonly Finding[]> {
	const missing = NEEDED.filter((name) => !options.settings.includes(name));
	if (missing.length === NEEDED.length)
		return [
			{
				name: "settings",
				verdict: "off",
				text: "Teams is not connected.",
				remedy: "To connect it, follow docs/teams.md.",
			},
		];
	if (missing.length > 0)
		return [
			{
				name: "settings",
				verdict: "fail",
				text: `Teams is half configured: ${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} not set.`,
				remedy: `Set ${missing.join(" and ")} from the app registration, and start again.`,
			},
		];
	const parts = { "sign-in": signIn, conversations, channels, pictures, deliveries };
	const looked = Object.entries(parts).map(([name, part]) => guarded(name, part, options));
	return (await Promise.all(looked)).flat();
}

/** What can't be looked at is a finding too. */
async function guarded(
	name: string,
	part: (options: TeamsCheckOptions) => Promise<readonly Finding[]>,
	options: TeamsCheckOptions,
): Promise<readonly Finding[]> {
	try {
		return await part(options);
	} catch (error) {
		return [
			{
				name,
				verdict: "fail",
				text: `This could not be looked at: ${toAppError(error).message}`,
				remedy: "See the log, and run the check again.",
			},
		];
	}
}

async function signIn({ credentials }: TeamsCheckOptions): Promise<readonly Finding[]> {
	if (!credentials) return [];
	try {
		await credentials.accessToken();
		return [{ name: "sign-in", verdict: "ok", text: "Microsoft gives the bot tokens." }];
	} catch (error) {
		const { code, message } = toAppError(error);
		const [what = message, remedy] = message.split("; ");
		return [
			{
				name: "sign-in",
				verdict: code === "unavailable" ? "warn" : "fail",
				text: what.endsWith(".") ? what : `${what}.`,
				...(remedy === undefined ? {} : { remedy: sentence(remedy) }),
			},
		];
	}
}

async function conversations(options: TeamsCheckOptions): Promise<readonly Finding[]> {
	const known = await options.conversations.list(TEAMS);
	if (known.length > 0)
		return [
			{
				name: "conversations",
				verdict: "ok",
				text: `Teams told the bot of ${known.length} ${known.length === 1 ? "conversation" : "conversations"}.`,
			},
		];
	return [
		{
			name: "conversations",
			verdict: "warn",
			text: "Teams has not told the bot of any conversation yet.",
			remedy: "Upload the app package, add it to a team or chat, and write to the bot once.",
		},
	];
}

async function channels(options: TeamsCheckOptions): Promise<readonly Finding[]> {
	return Promise.all(
		options.channels.map(async ({ name, conversationId }): Promise<Finding> => {
			const conversation = { platform: TEAMS, id: conversationId };
			if (await ownReference(options.conversations, conversation))
				return { name: `channel ${name}`, verdict: "ok", text: `The bot knows the channel ${name}.` };
			const tried = await findReference(options.conversations, conversation).then(
				() => true,
				() => false,
			);
			return {
				name: `channel ${name}`,
				verdict: tried ? "warn" : "fail",
				text: `Teams has not told the bot of the channel ${name}${tried ? "; messages are tried all the same" : ""}.`,
				remedy: `Add the app to the team of ${name}, write to the bot there once, and check its id under channels.`,
			};
		}),
	);
}

async function pictures({ publicUrl }: TeamsCheckOptions): Promise<readonly Finding[]> {
	if (publicUrl?.startsWith("https://"))
		return [{ name: "pictures", verdict: "ok", text: "Charts are shown as pictures." }];
	const text =
		publicUrl === undefined
			? "Charts are told in words: Teams has no address to fetch pictures from."
			: "Charts may not be shown: Teams fetches pictures over https only.";
	return [
		{
			name: "pictures",
			verdict: "warn",
			text,
			remedy: "Set PUBLIC_URL to the https address under which this installation is reached.",
		},
	];
}

async function deliveries({ inbox, clock }: TeamsCheckOptions): Promise<readonly Finding[]> {
	const { lastReceivedAtMs } = await inbox.count();
	const atMs = lastReceivedAtMs[TEAMS];
	if (atMs !== undefined) {
		const age = formatDuration(Math.max(0, clock.now() - atMs));
		return [{ name: "deliveries", verdict: "ok", text: `Teams last delivered something ${age} ago.` }];
	}
	return [
		{
			name: "deliveries",
			verdict: "warn",
			text: "Teams has not delivered anything yet.",
			remedy:
				"Set the bot's messaging endpoint in Azure to PUBLIC_URL with /api/teams/messages behind it, and write to the bot.",
		},
	];
}

function sentence(text: string): string {
	const whole = sentenceCase(text);
	return whole.endsWith(".") ? whole : `${whole}.`;
}
