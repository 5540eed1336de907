/** A right that the Slack app asks for. `without` says what no longer works, after "so". */
export type SlackScope = {
	readonly scope: string;
	readonly reason: string;
	readonly without: string;
	/** Without it the product can't be used from Slack. */
	readonly essential?: boolean;
};

/** Every bot scope that the code needs; the app's manifest asks for these and no others. */
export const SLACK_SCOPES: readonly SlackScope[] = [
	{
		scope: "app_mentions:read",
		reason: "hears what is said to it in channels",
		without: "mentions are not heard",
		essential: true,
	},
	{
		scope: "channels:history",
		reason:
			"hears follow-ups in threads of public channels, and finds its own message again after a lost reply",
		without:
			"follow-ups in threads of public channels are not heard and a lost reply may lead to a second message",
	},
	{
		scope: "channels:read",
		reason: "knows names and states of public channels, and whether it is in them",
		without: "renamed, archived and deleted public channels go unnoticed",
	},
	{
		scope: "chat:write",
		reason: "posts and edits messages",
		without: "nothing can be posted",
		essential: true,
	},
	{ scope: "commands", reason: "takes /ops", without: "/ops does not work", essential: true },
	{ scope: "files:write", reason: "uploads charts as pictures", without: "messages come without charts" },
	{
		scope: "groups:history",
		reason: "the same as channels:history in private channels that it was invited to",
		without:
			"follow-ups in threads of private channels are not heard and a lost reply may lead to a second message",
	},
	{
		scope: "groups:read",
		reason: "the same as channels:read for private channels that it was invited to",
		without: "private channels can't be told from public ones and are treated as public",
	},
	{
		scope: "im:history",
		reason: "hears questions in direct messages, and finds its own message again after a lost reply",
		without: "direct messages are not heard",
	},
	{
		scope: "users:read",
		reason:
			"tells members from guests, bots, outsiders and deactivated accounts before they decide, and knows time zones",
		without: "nobody can approve or deny",
		essential: true,
	},
];

/** What a missing scope means, as the rest of a sentence; empty for a scope that is none of ours. Pure. */
export function scopeLoss(scope: string): string {
	const known = SLACK_SCOPES.find((one) => one.scope === scope);
	return known ? `, so ${known.without}` : "";
}
