import type { ChatEvent } from "../../../src/domain/chat-event.ts";
import { chatMessage } from "../../../src/domain/chat-message.ts";
import { toAppError } from "../../../src/domain/errors.ts";
import { listProblem } from "../../../src/use-cases/plan-view.ts";
import { slackConversation } from "../conversation-id.ts";
import type { SlackWork } from "../intake/bolt-app.ts";
import { EXPLAIN_ACTION } from "../intake/parse-press.ts";
import { type Routed, routeSafely } from "../intake/route-safely.ts";
import { type SlackVoice, slackVoice } from "../posting/slack-voice.ts";
import type { KnownBlock } from "../render/slack-message.ts";
import type { SlackDeps } from "../slack-deps.ts";
import type { SlackPlace, SlackUser } from "../workspace/slack-user.ts";

/** One person's word on one request. */
export type SlackDecision = {
	readonly user: SlackUser;
	readonly place: SlackPlace;
	readonly responseUrl?: string;
	readonly approvalId: string;
	readonly verdict: "approve" | "deny";
	readonly reason?: string;
	readonly confirmation?: string;
};

/** Who is told what came of a press, and where. */
type ToldOf = Pick<SlackDecision, "user" | "place" | "responseUrl">;

/**
 * Has a decision judged and tells the person, and only them, what came of it; the card is edited by whoever publishes
 * approvals. Whether Slack takes that word makes no difference to the decision.
 */
export async function decideInSlack(
	deps: SlackDeps,
	decision: SlackDecision,
	{ entryId, self }: Pick<SlackWork, "entryId" | "self">,
): Promise<void> {
	const { user, place, approvalId, verdict, reason, confirmation } = decision;
	const { actor, barred: account } = await deps.people.meet(user, self.teamId);
	const approval = verdict === "approve" ? await deps.store.approvals.get(approvalId) : undefined;
	const barred = account ?? (approval && listProblem(approval.plan.targets.length, deps.consoleUrl));
	const event = {
		kind: "decided",
		conversation: slackConversation(place.channel, place.threadTs),
		actor,
		approvalId,
		verdict,
		...(reason === undefined ? {} : { reason }),
		...(confirmation === undefined ? {} : { confirmation }),
		...(barred === undefined ? {} : { barred }),
	} as const;
	const routed = await routeOrWait(deps, decision, event, entryId);
	const offersReason = verdict === "deny" && !("refused" in routed);
	await sayIfPossible(deps, decision, (voice) =>
		"refused" in routed
			? voice.refuse(routed.refused)
			: voice.tell(routed.messages, offersReason ? [reasonButton(approvalId)] : []),
	);
}

/** Keeps why somebody decided as they did. */
export async function explainInSlack(
	deps: SlackDeps,
	told: Pick<SlackDecision, "user" | "place" | "approvalId"> & { readonly reason: string },
	{ entryId, self }: Pick<SlackWork, "entryId" | "self">,
): Promise<void> {
	const { user, place, approvalId, reason } = told;
	const { actor } = await deps.people.meet(user, self.teamId);
	const conversation = slackConversation(place.channel, place.threadTs);
	const event = { kind: "reasoned", conversation, actor, approvalId, reason } as const;
	const routed = await routeOrWait(deps, told, event, entryId);
	await sayIfPossible(deps, told, (voice) =>
		"refused" in routed ? voice.refuse(routed.refused) : voice.tell(routed.messages),
	);
}

/** Who decides while a part is away is told once that it waits; the delivery is worked on again by itself. */
async function routeOrWait(deps: SlackDeps, to: ToldOf, event: ChatEvent, entryId: string): Promise<Routed> {
	try {
		return await routeSafely(deps, event, entryId);
	} catch (thrown) {
		const { message } = toAppError(thrown);
		const waits = chatMessage({
			text: `This waits: ${message} It is tried again by itself, and you are told.`,
		});
		await deps.toldToWait.get(entryId, () => sayIfPossible(deps, to, (voice) => voice.tell([waits])));
		throw thrown;
	}
}

/** What was decided stands, so a word that Slack does not take is only logged. */
export async function sayIfPossible(
	deps: SlackDeps,
	to: ToldOf,
	say: (voice: SlackVoice) => Promise<void>,
): Promise<void> {
	const { user, place, responseUrl } = to;
	const listener = { userId: user.id, place, ...(responseUrl === undefined ? {} : { responseUrl }) };
	try {
		await say(slackVoice(deps, listener));
	} catch (error) {
		deps.logger.warn("A person in Slack could not be told what came of a press.", { user: user.id, error });
	}
}

function reasonButton(approvalId: string): KnownBlock {
	const text = { type: "plain_text", text: "Add a reason", emoji: false } as const;
	return {
		type: "actions",
		block_id: "reason",
		elements: [{ type: "button", action_id: EXPLAIN_ACTION, value: approvalId, text }],
	};
}
