import type { Delivery } from "../domain/delivery.ts";
import { type ErrorCode, toAppError } from "../domain/errors.ts";
import type { DeliveryStore } from "../ports/chat-stores.ts";
import type { Logger } from "../ports/logger.ts";

/** The problems of channels that this process met, and when it last woke a whole platform (`performance.now()`). */
export type ChannelTroubles = {
	readonly ofChannel: Map<string, { readonly message: string; readonly code: ErrorCode }>;
	readonly wokenAtMs: Map<string, number>;
};

type WakeDeps = {
	readonly store: { readonly deliveries: Pick<DeliveryStore, "wake"> };
	readonly logger: Logger;
};

/** Keeps a channel that is barred for a reason of its own from being tried for each of the others that is well again. */
const PLATFORM_WAKE_MS = 15_000;

/** How a process names the channel of a delivery. Pure. */
export function channelKey({ conversation, channel }: Pick<Delivery, "conversation" | "channel">): string {
	return `${conversation.platform}:${channel}`;
}

/**
 * After a message was shown where none could be: says so, and makes due what else the problem may have held back, in
 * the channel, or on the whole platform where the problem was the platform's permission. Never rejects.
 */
export async function wakeAfterTrouble(
	{ store, logger }: WakeDeps,
	{ ofChannel, wokenAtMs }: ChannelTroubles,
	delivery: Delivery,
): Promise<void> {
	const { channel, conversation, problem } = delivery;
	const { platform } = conversation;
	const trouble = ofChannel.get(channelKey(delivery));
	if (trouble === undefined && problem === undefined) return;
	ofChannel.delete(channelKey(delivery));
	if (trouble) logger.info("messages reach the channel again", { platform, channel });
	const nowMs = performance.now();
	const isRecent = nowMs - (wokenAtMs.get(platform) ?? -Infinity) < PLATFORM_WAKE_MS;
	const isForAll = mayConcernPlatform(trouble?.code) && !isRecent;
	if (isForAll) wokenAtMs.set(platform, nowMs);
	try {
		await store.deliveries.wake(platform, isForAll ? undefined : channel);
	} catch (error) {
		// Everything is tried again within a minute anyhow.
		logger.warn("messages that wait could not be woken", { platform, channel, error: toAppError(error) });
	}
}

/** A problem that another process met may be anything. */
function mayConcernPlatform(code: ErrorCode | undefined): boolean {
	return code === undefined || code === "forbidden" || code === "unauthenticated";
}
