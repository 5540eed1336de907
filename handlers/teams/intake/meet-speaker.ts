import type { Actor } from "../../../src/domain/actor.ts";
import { channelIdOf } from "../conversation-id.ts";
import type { TeamsIntakeOptions } from "./intake-options.ts";
import { memberStanding, UNCHECKED } from "./member-standing.ts";
import type { Speaker } from "./parse-speaker.ts";
import type { Activity } from "./read-activity.ts";

const ROSTER_TIMEOUT_MS = 2000;

/** The person as we know them; who is new becomes a guest. */
export async function meetSpeaker(
	{ store }: Pick<TeamsIntakeOptions, "store">,
	{ identity, name }: Speaker,
): Promise<Actor> {
	return { kind: "person", person: await store.people.meet(identity, name), via: identity };
}

/** Why Teams' own account of this person may not decide here, or undefined. Never throws. */
export async function accountProblem(
	{ memberOf, logger }: Pick<TeamsIntakeOptions, "memberOf" | "logger">,
	activity: Activity,
	speaker: Speaker,
): Promise<string | undefined> {
	const question = {
		serviceUrl: activity.serviceUrl,
		conversationId: channelIdOf(activity.conversation.id),
		userId: speaker.rosterId,
	};
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<undefined>((resolve) => {
		timer = setTimeout(() => resolve(undefined), ROSTER_TIMEOUT_MS);
	});
	try {
		return memberStanding(await Promise.race([memberOf(question), late]), speaker.identity.tenant);
	} catch (error) {
		logger.warn("the roster of a conversation could not be read", { platform: "teams", error });
		return UNCHECKED;
	} finally {
		clearTimeout(timer);
	}
}
