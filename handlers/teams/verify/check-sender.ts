import type { Activity } from "../intake/read-activity.ts";
import { RefusedDelivery } from "../intake/refused-delivery.ts";
import { serviceUrlProblem } from "./check-service-url.ts";
import type { VerifiedToken } from "./verify-token.ts";

/** Whom we talk to. */
export type AllowedSenders = {
	/** Entra tenants whose people may speak to the bot. Empty: nobody. */
	readonly tenants: readonly string[];
	/** Hosts of the Bot Connector beside Microsoft's own. */
	readonly serviceHosts: readonly string[];
};

/** The tenant an activity comes from; undefined where it names none, or two that differ. */
export function tenantOf({ channelData, conversation }: Activity): string | undefined {
	const told = [channelData?.tenant?.id, conversation.tenantId].filter((id) => id !== undefined);
	const [first, second = first] = told.map((id) => id.toLowerCase());
	return first === second ? first : undefined;
}

/**
 * Holds what an activity says of itself against its token and our lists. Pure.
 * @throws RefusedDelivery
 */
export function checkSender(token: VerifiedToken, activity: Activity, allowed: AllowedSenders): void {
	const problem = serviceUrlProblem(activity.serviceUrl, allowed.serviceHosts);
	if (problem !== undefined) throw new RefusedDelivery("service_url_not_allowed", problem);
	if (activity.serviceUrl !== token.serviceUrl)
		throw new RefusedDelivery(
			"service_url_mismatch",
			"the body names another service address than the token",
		);
	if (activity.channelId !== "msteams" || !token.endorsements.includes(activity.channelId))
		throw new RefusedDelivery(
			"channel_not_endorsed",
			`the signing key is not endorsed for the channel ${JSON.stringify(activity.channelId)}`,
		);
	const tenant = tenantOf(activity);
	if (tenant === undefined || !allowed.tenants.some((id) => id.toLowerCase() === tenant))
		throw new RefusedDelivery("tenant_not_allowed", `tenant ${tenant ?? "(none or two)"}`);
}
