import type { Actor } from "../../../src/domain/actor.ts";
import { isPending } from "../../../src/domain/approval.ts";
import type { ChatMessage } from "../../../src/domain/chat-message.ts";
import { isTyped, needsConfirmation, wordToType } from "../../../src/domain/confirmation.ts";
import { type AppError, toAppError } from "../../../src/domain/errors.ts";
import { clockText, replaceTimes } from "../../../src/domain/time-text.ts";
import type { RawReply } from "../../../src/ports/webhook-endpoint.ts";
import { listProblem } from "../../../src/use-cases/plan-view.ts";
import { confirmationCard } from "../render/reason-card.ts";
import { cardTexts } from "../render/render-texts.ts";
import { cardAsItStands, type LookedAt } from "./card-as-it-stands.ts";
import type { TeamsIntakeOptions } from "./intake-options.ts";
import { cardReply, errorReply, messageReply, refusalText } from "./invoke-reply.ts";
import { accountProblem } from "./meet-speaker.ts";
import { parsePlace } from "./parse-place.ts";
import type { Press } from "./parse-press.ts";
import type { Speaker } from "./parse-speaker.ts";
import type { Activity } from "./read-activity.ts";

/** A press that changes something, and by whom. */
export type ActivePress = {
	readonly activity: Activity;
	readonly speaker: Speaker;
	readonly actor: Actor;
	readonly press: Extract<Press, { readonly kind: "decide" | "reason" }>;
};

/** What such a press led to: what is said of it, or why it was refused. */
export type PressOutcome = { readonly said: readonly ChatMessage[] } | { readonly refused: AppError };

const TRANSIENT: readonly AppError["code"][] = ["unavailable", "internal", "limited"];

/**
 * Has a press judged and committed. A refusal is an outcome; AppErrors that another try may cure are thrown. Whose
 * account Teams calls a guest, or can't vouch for, is barred: that is audited as any refusal.
 */
export async function carryOutPress(
	options: TeamsIntakeOptions,
	{ activity, speaker, actor, press }: ActivePress,
): Promise<PressOutcome> {
	const { conversation } = parsePlace(activity);
	const { approvalId } = press;
	try {
		if (press.kind === "reason") {
			const { reason } = press;
			return { said: await options.route({ kind: "reasoned", conversation, actor, approvalId, reason }) };
		}
		const account = await accountProblem(options, activity, speaker);
		const approval = press.verdict === "approve" ? await options.store.approvals.get(approvalId) : undefined;
		const barred = account ?? (approval && listProblem(approval.plan.targets.length, options.consoleUrl));
		const { verdict, confirmed } = press;
		const given = confirmed ? { reason: confirmed.reason, confirmation: confirmed.typed } : {};
		const event = { kind: "decided", conversation, actor, approvalId, verdict } as const;
		return {
			said: await options.route({ ...event, ...given, ...(barred ? { barred } : {}) }),
		};
	} catch (thrown) {
		const error = toAppError(thrown);
		if (TRANSIENT.includes(error.code)) throw error;
		return { refused: error };
	}
}

/**
 * The card that must be filled in before a dangerous plan is approved, or undefined where nothing is asked. Reads only;
 * who may not decide is not asked but refused.
 */
export async function askBeforeDeciding(
	options: TeamsIntakeOptions,
	actor: Actor,
	press: Press,
): Promise<RawReply | undefined> {
	if (press.kind !== "decide" || press.verdict !== "approve") return undefined;
	const approval = await options.store.approvals.get(press.approvalId);
	if (!approval || !isPending(approval.status) || !needsConfirmation(approval.plan)) return undefined;
	if (listProblem(approval.plan.targets.length, options.consoleUrl)) return undefined;
	const { confirmed } = press;
	if (confirmed?.reason && isTyped(approval.plan, confirmed.typed)) return undefined;
	const view = await options.cardOf(`approval:${approval.id}`, actor);
	if (!view?.mayDecide) return undefined;
	const problem = confirmed && `Not counted: type ${wordToType(approval.plan)}, and write a reason.`;
	const texts = cardTexts(options.clock.now(), options.timeZone, 1);
	return cardReply(confirmationCard(approval, texts, problem));
}

/** What the client is answered to a press that was carried out. */
export async function answerPress(
	options: TeamsIntakeOptions,
	{ activity, actor, press }: ActivePress,
	outcome: PressOutcome,
): Promise<RawReply> {
	if ("refused" in outcome) {
		const { refused } = outcome;
		const nowMs = options.clock.now();
		// A client writes no times into a bare line.
		const text = replaceTimes(refusalText(refused), (atMs) => clockText(atMs, nowMs, options.timeZone));
		if (refused.code === "invalid" || refused.code === "not_found")
			return errorReply(400, "BadRequest", text);
		return messageReply(text);
	}
	const text = outcome.said
		.map((message) => message.text ?? "")
		.join(" ")
		.trim();
	return standingCard(options, activity, actor, press, text || "Done.");
}

/** The card as it stands, or where it can't be drawn a line in its place. */
export async function standingCard(
	options: TeamsIntakeOptions,
	activity: Activity,
	actor: Actor,
	at: LookedAt,
	otherwise: string,
): Promise<RawReply> {
	try {
		const card = await cardAsItStands(options, activity, actor, at);
		return card ? cardReply(card) : messageReply(otherwise);
	} catch (error) {
		options.logger.warn("a card could not be drawn", { platform: "teams", error: toAppError(error) });
		return messageReply(otherwise);
	}
}
