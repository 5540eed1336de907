import { AppError } from "../../../src/domain/errors.ts";
import { slackConversation } from "../conversation-id.ts";
import { renderEvidence } from "../render/render-evidence.ts";
import type { ModalView } from "../render/slack-message.ts";
import type { SlackDeps } from "../slack-deps.ts";
import type { Press } from "./parse-press.ts";

/**
 * The queries and checks behind an incident, as a sheet. Only from a message of ours that shows it: what a button
 * names is not proof that its presser may read it. AppError `not_found`.
 */
export async function showEvidence(deps: SlackDeps, press: Press, incidentId: string): Promise<ModalView> {
	const { store, clock, timeZone } = deps;
	const message = (await isShown(store, press, incidentId))
		? await deps.incidentMessage(incidentId)
		: undefined;
	if (message === undefined)
		throw new AppError("not_found", "This message shows no incident any more; open it in the console.");
	return renderEvidence(message, { nowMs: clock.now(), timeZone });
}

async function isShown(
	{ postings }: Pick<SlackDeps["store"], "postings">,
	{ place, messageTs, isEphemeral }: Press,
	incidentId: string,
): Promise<boolean> {
	// Shown to this person alone, who was allowed to read it then.
	if (isEphemeral || messageTs === undefined) return isEphemeral;
	const inThread = slackConversation(place.channel, place.threadTs);
	const subject =
		(await postings.subjectOf(inThread, messageTs)) ??
		(await postings.subjectOf(slackConversation(place.channel), messageTs));
	if (subject === undefined) return false;
	return !subject.startsWith("incident:") || subject === `incident:${incidentId}`;
}
