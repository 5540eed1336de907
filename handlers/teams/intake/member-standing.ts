/** What the roster of a conversation says of one member. */
export type TeamsMember = { readonly userRole?: string; readonly tenantId?: string };

/** Said where the roster can't be read: then nobody decides. */
export const UNCHECKED = "Teams did not say in time what kind of account yours is; press again in a minute.";

/**
 * Why an account may not decide, in a sentence, or undefined. `ownTenant` is the organisation the conversation belongs
 * to. An account the roster does not know may not decide. Pure.
 */
export function memberStanding(member: TeamsMember | undefined, ownTenant: string): string | undefined {
	if (member === undefined) return UNCHECKED;
	const role = member.userRole?.toLowerCase() ?? "user";
	if (role === "guest") return "A guest account can't decide; a member of this organisation must.";
	if (role !== "user" && role !== "owner")
		return "Somebody who is not signed in as a member of this organisation can't decide.";
	if (member.tenantId !== undefined && member.tenantId.toLowerCase() !== ownTenant)
		return "An account of another organisation can't decide; somebody of this one must.";
	return undefined;
}
