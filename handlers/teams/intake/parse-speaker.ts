import type { Identity } from "../../../src/domain/actor.ts";
import { tenantOf } from "../verify/check-sender.ts";
import { TEAMS } from "./parse-place.ts";
import type { Activity } from "./read-activity.ts";

/** Who did something, as Teams tells. `rosterId` is how a conversation's roster knows the person. */
export type Speaker = { readonly identity: Identity; readonly name: string; readonly rosterId: string };

/**
 * The person behind an activity; undefined for bots, ourselves among them. The account's id in the organisation's
 * directory counts, within its tenant; the name is only shown. Pure.
 */
export function parseSpeaker(activity: Activity): Speaker | undefined {
	const { from, recipient } = activity;
	const tenant = tenantOf(activity);
	const isBot = from.id.startsWith("28:") || from.role === "bot" || from.role === "skill";
	if (isBot || tenant === undefined || from.id === recipient?.id) return undefined;
	return {
		identity: { platform: TEAMS, tenant, userId: from.aadObjectId ?? from.id },
		name: from.name?.trim() || "somebody in Teams",
		rosterId: from.id,
	};
}
