import { type Actor, personOf } from "../domain/actor.ts";
import type { ChatMessage } from "../domain/chat-message.ts";
import { AppError } from "../domain/errors.ts";
import { decisionView } from "../domain/judge-decision.ts";
import type { ApprovalRules } from "../ports/approval-rules.ts";
import type { EffectHolds } from "../ports/effect-holds.ts";
import type { Store } from "../ports/store.ts";
import { readSurroundings } from "../use-cases/decision-surroundings.ts";

export type CardOfDeps = {
	readonly store: Store;
	readonly rules: ApprovalRules;
	readonly holds: EffectHolds;
	/** As the use case `drawSubject`. */
	draw(subject: string): Promise<ChatMessage | undefined>;
};

/**
 * A subject as it stands for one person: with what they may decide, what keeps it from being approved just now, and
 * only if they may read of its target.
 */
export async function cardOf(deps: CardOfDeps, subject: string, viewer: Actor) {
	const message = await ifThere(() => deps.draw(subject));
	const person = personOf(viewer);
	if (!message || !person) return undefined;
	const approval = message.plan && (await deps.store.approvals.get(message.plan.approvalId));
	if (!approval) return { message, mayDecide: false };
	const rule = await deps.rules.ruleFor(deps.store, approval.plan);
	const nowMs = await deps.store.now();
	const around = await readSurroundings(
		{ stores: deps.store, holds: deps.holds },
		approval.plan,
		rule,
		nowMs,
	);
	const { mayDecide, held } = decisionView(approval, rule, person, nowMs, around);
	return { message: held === undefined ? message : withNote(message, held), mayDecide: mayDecide.allowed };
}

function withNote(message: ChatMessage, held: string): ChatMessage {
	const { plan } = message;
	const note = [plan?.note, `It can't be approved now: ${held}`]
		.filter((line) => line !== undefined)
		.join(" ");
	return plan ? { ...message, plan: { ...plan, note } } : message;
}

/** What a read gives, or undefined where there is no such thing. */
export async function ifThere<T>(read: () => Promise<T>): Promise<T | undefined> {
	try {
		return await read();
	} catch (error) {
		if (error instanceof AppError && error.code === "not_found") return undefined;
		throw error;
	}
}
