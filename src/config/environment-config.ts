import { z } from "zod";
import { notValue } from "../domain/describe-issue.ts";
import { webUrl } from "./values.ts";

/** A variable that holds a whole number. */
function whole(least: number, most: number) {
	const fits = (digits: string) =>
		/^\s*\d{1,9}\s*$/.test(digits) && Number(digits) >= least && Number(digits) <= most;
	return z
		.string()
		.refine(fits, { error: (issue) => `must be a whole number from ${least} to ${most}${notValue(issue)}` })
		.transform(Number);
}

const text = z.string().trim().min(1).optional();
/** Comma-separated values, without blanks around them. */
const list = z
	.string()
	.default("")
	.transform((value) =>
		value
			.split(",")
			.map((item) => item.trim())
			.filter((item) => item !== ""),
	);
const secret = (prefix: string, what: string) =>
	text.refine((value) => value === undefined || value.startsWith(prefix), `is not ${what}`);

/** The environment variables that are read; all others are somebody else's. */
export const EnvironmentConfig = z.object({
	HOST: z.string().default("127.0.0.1"),
	PORT: whole(0, 65_535).default(3000),
	DATA_DIR: z.string().default("./data"),
	CONFIG_FILE: text,
	PUBLIC_URL: webUrl.optional(),
	DATABASE_URL: z
		.url({ protocol: /^postgres(ql)?$/, error: "write postgres://user:password@host:port/database" })
		.optional(),
	PROMETHEUS_URL: webUrl.optional(),
	PROMETHEUS_BEARER_TOKEN: text,
	PROMETHEUS_USERNAME: text,
	PROMETHEUS_PASSWORD: text,
	PROMETHEUS_CA_FILE: text,
	PROMETHEUS_TENANT: text,
	PROMETHEUS_TENANT_HEADER: z.string().default("X-Scope-OrgID"),
	SLACK_BOT_TOKEN: secret("xoxb-", "a bot token that begins with xoxb-"),
	SLACK_SIGNING_SECRET: text,
	SLACK_APP_TOKEN: secret("xapp-", "an app-level token that begins with xapp-"),
	SLACK_API_URL: webUrl.default("https://slack.com/api/"),
	MICROSOFT_APP_ID: text,
	MICROSOFT_APP_PASSWORD: text,
	MICROSOFT_APP_TENANT_ID: text,
	/** Whose people may speak to the bot, beside those of its own tenant; comma-separated. */
	TEAMS_ALLOWED_TENANTS: list,
	/** Hosts of the Bot Connector, beside Microsoft's own; comma-separated, as host or host:port. */
	TEAMS_SERVICE_HOSTS: list,
	MICROSOFT_LOGIN_URL: webUrl.default("https://login.microsoftonline.com"),
	MICROSOFT_OPENID_URL: webUrl.default("https://login.botframework.com/v1/.well-known/openidconfiguration"),
	ALERTMANAGER_WEBHOOK_TOKEN: z
		.string()
		.trim()
		.min(16, "is too short; use 16 characters or more, such as those of: openssl rand -hex 24")
		.optional(),
	LOG_LEVEL: z.enum(["error", "warn", "info", "debug"]).default("info"),
	LOG_RETENTION_DAYS: whole(1, 365).default(14),
});
