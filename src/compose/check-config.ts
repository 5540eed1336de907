import type { Config } from "../config.ts";
import type { CheckFinding } from "../domain/check-finding.ts";
import type { SelfCheck } from "../ports/self-check.ts";

/** What of the configuration is worth a word once the product runs: a broken one does not start. */
export function checkConfig(config: Config): SelfCheck {
	return {
		area: "config",
		run: async () => [
			{
				area: "config",
				name: "file",
				verdict: "ok",
				text: config.fileName ? `${config.fileName} is read.` : "No file; every key has its default.",
			},
			publicUrl(config),
		],
	};
}

function publicUrl({ PUBLIC_URL, SLACK_BOT_TOKEN, MICROSOFT_APP_ID }: Config): CheckFinding {
	const finding = { area: "config", name: "PUBLIC_URL" } as const;
	if (PUBLIC_URL !== undefined)
		return { ...finding, verdict: "ok", text: `People reach it at ${PUBLIC_URL}.` };
	if (SLACK_BOT_TOKEN === undefined && MICROSOFT_APP_ID === undefined)
		return { ...finding, verdict: "off", text: "Not set; links lead to this machine." };
	return {
		...finding,
		verdict: "warn",
		text: "Not set, so messages in channels carry no links to the console.",
		remedy: "Set PUBLIC_URL to the address under which people reach the console.",
	};
}
