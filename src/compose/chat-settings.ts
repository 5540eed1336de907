import type { Config } from "../config.ts";
import type { SlackSettings, TeamsSettings } from "../ports/chat-connection.ts";

/** How to reach Slack; undefined where it is not set up. Half a set of credentials was refused with the configuration. */
export function slackSettings(config: Config): SlackSettings | undefined {
	const { SLACK_BOT_TOKEN: botToken, SLACK_SIGNING_SECRET: signingSecret } = config;
	const { SLACK_APP_TOKEN: appToken, SLACK_API_URL } = config;
	if (botToken === undefined) return undefined;
	return {
		botToken,
		...(signingSecret === undefined ? {} : { signingSecret }),
		...(appToken === undefined || signingSecret !== undefined ? {} : { appToken }),
		apiUrl: SLACK_API_URL.endsWith("/") ? SLACK_API_URL : `${SLACK_API_URL}/`,
	};
}

/** How to reach Teams; undefined where it is not set up. */
export function teamsSettings(config: Config): TeamsSettings | undefined {
	const { MICROSOFT_APP_ID: appId, MICROSOFT_APP_PASSWORD: appPassword } = config;
	const { MICROSOFT_APP_TENANT_ID: tenantId } = config;
	if (appId === undefined || appPassword === undefined || tenantId === undefined) return undefined;
	return {
		appId,
		appPassword,
		tenantId,
		allowedTenants: config.TEAMS_ALLOWED_TENANTS,
		serviceHosts: config.TEAMS_SERVICE_HOSTS,
		loginUrl: config.MICROSOFT_LOGIN_URL,
		openIdUrl: config.MICROSOFT_OPENID_URL,
	};
}
