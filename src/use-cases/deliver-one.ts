import type { Conversation } from "../domain/chat-event.ts";
import type { ChatMessage } from "../domain/chat-message.ts";
import type { Delivery, DeliveryOutcome } from "../domain/delivery.ts";
import { AppError, type ErrorCode, toAppError } from "../domain/errors.ts";
import type { ChatPlatform } from "../ports/chat-platform.ts";
import type { Failpoint } from "../ports/failpoint.ts";
import type { Logger } from "../ports/logger.ts";
import type { Store } from "../ports/store.ts";
import { isPostedOnce } from "./draw-subject.ts";
import { type FailedStage, judgeDelivery } from "./judge-delivery.ts";
import { type ChannelTroubles, channelKey, wakeAfterTrouble } from "./wake-after-trouble.ts";

/** What came of a try, as metrics count it. `removed`: somebody had deleted the message. */
export type DeliveryEvent = {
	readonly platform: string;
	readonly outcome: "posted" | "edited" | "removed" | "waiting" | ErrorCode;
};

export type DeliverDeps = {
	readonly store: Pick<Store, "deliveries" | "postings">;
	readonly platforms: readonly ChatPlatform[];
	readonly logger: Logger;
	/** The message of a subject as things are now; undefined where there is nothing to say any more. */
	draw(subject: string): Promise<ChatMessage | undefined>;
	count?(event: DeliveryEvent): void;
	failpoint?: Failpoint;
};

/** What a process knows of its own earlier tries: the problems of channels, and place -> what was posted. */
export type DeliveryMemory = {
	readonly troubles: ChannelTroubles;
	readonly unremembered: Map<string, string>;
};

const ROOT_PAUSE_SECONDS = 2;
const ROOT_ATTEMPTS = 200;
const UNREMEMBERED_KEPT = 1000;

/** Tries one claimed delivery and settles it. Rejects only where the store does not answer. */
export async function deliverOne(
	deps: DeliverDeps,
	memory: DeliveryMemory,
	delivery: Delivery,
): Promise<void> {
	const { platform } = delivery.conversation;
	let stage: FailedStage = "draw";
	let tried: Tried;
	try {
		const ready = await prepare(deps, memory, delivery);
		if ("outcome" in ready) tried = ready;
		else {
			stage = "show";
			tried = { outcome: { kind: "shown" }, event: await show(deps, memory, delivery, ready) };
		}
	} catch (error) {
		const known = toAppError(error);
		const { outcome, lasting } = judgeDelivery(delivery, known, stage);
		if (lasting) sayTrouble(deps, memory, delivery, known, outcome);
		tried = { outcome, event: known.code };
	}
	if (tried.event) deps.count?.({ platform, outcome: tried.event });
	await deps.store.deliveries.settle(delivery, tried.outcome);
	if (stage === "show" && tried.outcome.kind === "shown")
		await wakeAfterTrouble(deps, memory.troubles, delivery);
}

type Tried = { readonly outcome: DeliveryOutcome; readonly event?: DeliveryEvent["outcome"] };

/** A message with all that is needed to say it. `known`: what is to be edited. */
type Ready = {
	readonly platform: ChatPlatform;
	readonly place: Conversation;
	readonly message: ChatMessage;
	readonly known: string | undefined;
};

async function prepare(
	deps: DeliverDeps,
	memory: DeliveryMemory,
	delivery: Delivery,
): Promise<Ready | Tried> {
	const { subject, conversation } = delivery;
	const platform = deps.platforms.find((item) => item.name === conversation.platform);
	if (!platform)
		throw new AppError(
			"gone",
			`${conversation.platform} is not connected here; set it up, or change the route.`,
		);
	const known = await findPosted(deps, memory, delivery);
	if (known !== undefined && isPostedOnce(subject)) return { outcome: { kind: "shown" } };
	const place = await placeOf(deps, platform, delivery);
	if ("outcome" in place) return place;
	const message = delivery.message ?? (await deps.draw(subject));
	if (!message) return { outcome: { kind: "dropped", reason: "There is nothing to say about it any more." } };
	return { platform, place, message, known };
}

async function show(
	deps: DeliverDeps,
	memory: DeliveryMemory,
	delivery: Delivery,
	{ platform, place, message, known }: Ready,
): Promise<DeliveryEvent["outcome"]> {
	// A card that somebody deleted stays deleted: posting it again would go on for ever.
	if (known !== undefined) return (await platform.update(place, known, message)) ? "edited" : "removed";
	const reference = await platform.post(place, message, delivery.subject, delivery.attempts > 1);
	if (delivery.message === undefined) deps.failpoint?.("card-posted");
	await remember(deps, memory, delivery, reference);
	return "posted";
}

/** The conversation itself, or the thread of the message it belongs under; an outcome where that is not there. */
async function placeOf(
	{ store }: DeliverDeps,
	platform: ChatPlatform,
	{ conversation, under, attempts }: Delivery,
): Promise<Conversation | Tried> {
	if (under === undefined) return conversation;
	const root = await store.postings.find(under, conversation);
	if (root !== undefined)
		return (
			platform.threadOf(conversation, root) ?? {
				outcome: { kind: "dropped", reason: "There are no threads in this conversation." },
			}
		);
	const outcome: DeliveryOutcome =
		attempts < ROOT_ATTEMPTS
			? { kind: "later", afterSeconds: Math.min(60, ROOT_PAUSE_SECONDS * attempts) }
			: { kind: "dropped", reason: "The message it belongs under was never posted." };
	return { outcome, event: "waiting" };
}

async function findPosted(
	{ store }: DeliverDeps,
	{ unremembered }: DeliveryMemory,
	{ subject, conversation }: Delivery,
): Promise<string | undefined> {
	const known = await store.postings.find(subject, conversation);
	const mine = unremembered.get(placeKey(subject, conversation));
	if (known !== undefined || mine === undefined) return known;
	const kept = await store.postings.remember(subject, conversation, mine);
	unremembered.delete(placeKey(subject, conversation));
	return kept;
}

/** Where the store fails now, this process still knows at the next try what it has posted. */
async function remember(
	{ store }: DeliverDeps,
	{ unremembered }: DeliveryMemory,
	{ subject, conversation }: Delivery,
	reference: string,
): Promise<void> {
	if (unremembered.size < UNREMEMBERED_KEPT) unremembered.set(placeKey(subject, conversation), reference);
	await store.postings.remember(subject, conversation, reference);
	unremembered.delete(placeKey(subject, conversation));
}

function placeKey(subject: string, { platform, id }: Conversation): string {
	return JSON.stringify([subject, platform, id]);
}

/** One line for each problem of a channel, however many messages wait there and however often they are tried. */
function sayTrouble(
	{ logger }: DeliverDeps,
	{ troubles }: DeliveryMemory,
	delivery: Delivery,
	error: AppError,
	outcome: DeliveryOutcome,
): void {
	const { subject, channel, conversation } = delivery;
	const fields = { platform: conversation.platform, channel, subject, error };
	if (outcome.kind === "dropped") {
		logger.error("a message was given up", fields);
		return;
	}
	const known = troubles.ofChannel.get(channelKey(delivery))?.message ?? delivery.problem;
	troubles.ofChannel.set(channelKey(delivery), { message: error.message, code: error.code });
	if (known !== error.message)
		logger.warn("messages can't be delivered to a channel; they are kept and tried again", fields);
}
