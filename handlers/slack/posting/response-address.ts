/** Where Slack lets an app answer a command or press, whatever the API's own address is. */
const SLACK_ORIGIN = "https://hooks.slack.com";

/**
 * The address an answer may be posted to: Slack's own, or one of `allowedOrigins` such as `http://127.0.0.1:4003`.
 * Undefined for any other, which is never fetched. Pure.
 */
export function responseAddress(
	responseUrl: string | undefined,
	allowedOrigins: readonly string[],
): URL | undefined {
	if (responseUrl === undefined || !URL.canParse(responseUrl)) return undefined;
	const url = new URL(responseUrl);
	if (url.username !== "" || url.password !== "") return undefined;
	return url.origin === SLACK_ORIGIN || allowedOrigins.includes(url.origin) ? url : undefined;
}
