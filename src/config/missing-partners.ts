import type { z } from "zod";
import type { EnvironmentConfig } from "./environment-config.ts";

type Environment = z.infer<typeof EnvironmentConfig>;

/**
 * What is set halfway, one sentence each: half a set of credentials is a typing mistake, not a wish. Pure.
 * @param hears whether this process takes in what platforms deliver; who only posts needs the bot's token alone
 */
export function missingPartners(env: Environment, hears = true): readonly string[] {
	const problems: string[] = [];
	const slack = env.SLACK_SIGNING_SECRET ?? env.SLACK_APP_TOKEN;
	if (hears && env.SLACK_BOT_TOKEN !== undefined && slack === undefined)
		problems.push(
			"SLACK_BOT_TOKEN needs SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode) beside it; set one.",
		);
	if (hears && env.SLACK_BOT_TOKEN === undefined && slack !== undefined)
		problems.push("Slack is set up halfway: SLACK_BOT_TOKEN is missing; set it.");
	const teams = ["MICROSOFT_APP_ID", "MICROSOFT_APP_PASSWORD", "MICROSOFT_APP_TENANT_ID"] as const;
	const missing = teams.filter((key) => env[key] === undefined);
	if (missing.length > 0 && missing.length < teams.length)
		problems.push(
			`Teams is set up halfway: ${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} missing; set ${missing.length === 1 ? "it" : "them"}.`,
		);
	return problems;
}
