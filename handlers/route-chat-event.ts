import type { Actor } from "../src/domain/actor.ts";
import type { Approval } from "../src/domain/approval.ts";
import type { Audience, ChatEvent, Conversation } from "../src/domain/chat-event.ts";
import { type ChatMessage, chatMessage } from "../src/domain/chat-message.ts";
import type { HiddenTargets } from "../src/domain/visibility.ts";
import type { Clock } from "../src/ports/clock.ts";
import type { Investigator } from "../src/ports/investigator.ts";
import { answerMessage } from "../src/use-cases/answer-message.ts";

/** Where something was said, and who reads it there. */
type Spot = {
	readonly conversation: Conversation;
	readonly audience: Audience;
	/** Why the platform's own account of whoever writes may change nothing. */
	readonly barred?: string;
};

/** What people can ask for by chat or over HTTP. Errors are AppErrors; anything else is `internal` and logged. */
export type ChatUseCases = {
	answerQuestion: Investigator["answer"];
	/** Targets that may not be named to this person where others read along. */
	hiddenTargets(actor: Actor, audience: Audience): Promise<HiddenTargets | undefined>;
	runCommand(actor: Actor, text: string, spot: Spot, timeZone: string): Promise<readonly ChatMessage[]>;
	decideApproval(
		actor: Actor,
		input: {
			readonly approvalId: string;
			readonly verdict: "approve" | "deny";
			readonly reason?: string;
			readonly confirmation?: string;
			readonly barred?: string;
		},
	): Promise<Approval>;
	/** Shows a request where it was asked for, too. */
	showRequest(approvalId: string, conversation: Conversation): Promise<void>;
	/** Adds why to a decision that this person made. */
	explainDecision(
		actor: Actor,
		input: { readonly approvalId: string; readonly reason: string },
	): Promise<Approval>;
};

/** What chat events lead to. Errors are AppErrors, for the platform to show in its own way. */
export type ChatDeps = ChatUseCases & {
	readonly clock: Clock;
	/** IANA zone in which times are read and written where the event names none. */
	readonly timeZone: string;
};

/** Does what an event asks for and gives what to say to it. The only place that knows the kinds of events. */
export async function routeChatEvent(deps: ChatDeps, event: ChatEvent): Promise<readonly ChatMessage[]> {
	const { actor, conversation } = event;
	switch (event.kind) {
		case "said": {
			const hiddenTargets = await deps.hiddenTargets(actor, event.audience);
			const answer = await deps.answerQuestion({
				text: event.text,
				asker: actor,
				conversation: `${conversation.platform}:${conversation.id}`,
				askedIn: conversation,
				nowMs: deps.clock.now(),
				timeZone: event.timeZone ?? deps.timeZone,
				...(hiddenTargets ? { hiddenTargets } : {}),
			});
			if (answer.approvalId !== undefined) await deps.showRequest(answer.approvalId, conversation);
			return [answerMessage(answer)];
		}
		case "command": {
			const { audience, text, timeZone = deps.timeZone, barred } = event;
			const spot = { conversation, audience, ...(barred === undefined ? {} : { barred }) };
			return deps.runCommand(actor, text, spot, timeZone);
		}
		case "decided": {
			const { approvalId, verdict, reason, confirmation, barred } = event;
			const input = {
				approvalId,
				verdict,
				...(reason === undefined ? {} : { reason }),
				...(confirmation === undefined ? {} : { confirmation }),
				...(barred === undefined ? {} : { barred }),
			};
			return [decidedMessage(await deps.decideApproval(actor, input), verdict)];
		}
		case "reasoned": {
			const { plan } = await deps.explainDecision(actor, event);
			return [chatMessage({ text: `Your reason is kept with ${plan.title}.` })];
		}
	}
}

/** One line to the person who pressed; the card itself is edited where it stands. */
function decidedMessage(approval: Approval, verdict: "approve" | "deny"): ChatMessage {
	const waits = approval.status === "partly_approved" ? " It waits for another person." : "";
	const word = verdict === "approve" ? "approved" : "denied";
	return chatMessage({
		state: { kind: "info", text: verdict === "approve" ? "Approved" : "Denied" },
		text: `${approval.plan.title} is ${word} by you.${waits}`,
	});
}
