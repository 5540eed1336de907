import { z } from "zod";

/** What Slack says about an account, as far as it bears on who may decide. */
export const SlackAccount = z.object({
	id: z.string(),
	team_id: z.string().optional(),
	name: z.string().optional(),
	real_name: z.string().optional(),
	tz: z.string().optional(),
	deleted: z.boolean().optional(),
	is_bot: z.boolean().optional(),
	is_workflow_bot: z.boolean().optional(),
	is_restricted: z.boolean().optional(),
	is_ultra_restricted: z.boolean().optional(),
	is_stranger: z.boolean().optional(),
	enterprise_user: z.object({ teams: z.array(z.string()).default([]) }).optional(),
	profile: z.object({ display_name: z.string().optional(), real_name: z.string().optional() }).optional(),
});
export type SlackAccount = z.infer<typeof SlackAccount>;

/** Said where Slack can't be asked about an account: then nobody decides with it. */
export const UNCHECKED = "Your Slack account could not be checked; try again in a minute.";

/**
 * Why an account may not decide, in a sentence, or undefined. `userTeam` is the workspace that the event names for
 * this person, `ownTeam` ours. An account that could not be read may not decide. Pure.
 */
export function accountStanding(
	account: SlackAccount | undefined,
	userTeam: string,
	ownTeam: string,
): string | undefined {
	if (account === undefined) return UNCHECKED;
	if (account.deleted) return "A deactivated Slack account can't decide.";
	if (account.is_bot || account.is_workflow_bot || account.id === "USLACKBOT")
		return "A bot can't decide; a person must.";
	if (account.is_stranger || isFromOutside(account, userTeam, ownTeam))
		return "An account of another Slack workspace can't decide; somebody of this one must.";
	if (account.is_restricted || account.is_ultra_restricted)
		return "A guest account can't decide; a full member of this Slack workspace must.";
	return undefined;
}

/** The workspace an account belongs to: whichever of two sources says that it is not ours counts. Pure. */
export function homeTeam(account: SlackAccount | undefined, userTeam: string, ownTeam: string): string {
	if (account === undefined) return userTeam;
	if (!isFromOutside(account, userTeam, ownTeam)) return ownTeam;
	return userTeam === ownTeam ? (account.team_id ?? userTeam) : userTeam;
}

/** The name others see; a name is never proof of anything. Pure. */
export function accountName(account: SlackAccount): string | undefined {
	const { profile, real_name, name } = account;
	return [profile?.display_name, real_name, profile?.real_name, name].find((text) => text?.trim());
}

/** In an organisation of several workspaces a member of ours may have been made in another. */
function isFromOutside(account: SlackAccount, userTeam: string, ownTeam: string): boolean {
	if (account.enterprise_user?.teams.includes(ownTeam)) return false;
	return userTeam !== ownTeam || (account.team_id !== undefined && account.team_id !== ownTeam);
}
