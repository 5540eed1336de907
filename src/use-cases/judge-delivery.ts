import type { Delivery, DeliveryOutcome } from "../domain/delivery.ts";
import type { AppError } from "../domain/errors.ts";

/** Where a delivery failed: while its message was drawn up, or while the platform was spoken to. */
export type FailedStage = "draw" | "show";

/** What becomes of a delivery that failed. `lasting`: people should hear of it, once for as long as it lasts. */
export type DeliveryJudgement = {
	readonly outcome: Exclude<DeliveryOutcome, { readonly kind: "shown" }>;
	readonly lasting: boolean;
};

const LONGEST_PAUSE_SECONDS = 60;
const BARRED_STEP_SECONDS = 15;
/** About a day at the longest pause: then a reply to one question is of no use, while what shows a state is. */
const FIXED_ATTEMPTS = 1440;
/** From then on, others go ahead of a message on which its platform breaks down each time. */
const HOLDING_ATTEMPTS = 5;
const BROKEN_ATTEMPTS = 10;

/**
 * How a failed try of a delivery is settled. Pure. What shows a state is never given up because of its channel or its
 * platform; a fixed message is after about a day; what the platform refuses as such is dropped at once.
 */
export function judgeDelivery(
	{ attempts, message }: Pick<Delivery, "attempts" | "message">,
	error: Pick<AppError, "code" | "message" | "retryAfterSeconds">,
	stage: FailedStage,
): DeliveryJudgement {
	const problem = error.message;
	const dropped = { outcome: { kind: "dropped", reason: problem }, lasting: true } as const;
	const tooLate = message !== undefined && attempts >= FIXED_ATTEMPTS;
	const later = (afterSeconds: number, holdsChannel: boolean, lasting: boolean): DeliveryJudgement => ({
		outcome: {
			kind: "later",
			afterSeconds,
			...(lasting ? { problem } : {}),
			...(holdsChannel && stage === "show" ? { holdsChannel } : {}),
		},
		lasting,
	});
	switch (error.code) {
		case "limited":
			return later(error.retryAfterSeconds ?? pauseSeconds(attempts), true, false);
		case "unavailable":
			if (tooLate) return dropped;
			return later(
				Math.max(error.retryAfterSeconds ?? 0, pauseSeconds(attempts)),
				attempts <= HOLDING_ATTEMPTS,
				true,
			);
		case "gone":
		case "forbidden":
		case "unauthenticated":
			if (tooLate) return dropped;
			return later(barredSeconds(attempts), true, true);
		case "conflict":
		case "internal":
			return attempts < BROKEN_ATTEMPTS ? later(pauseSeconds(attempts), false, true) : dropped;
		case "invalid":
		case "unsupported":
		case "not_found":
			return dropped;
	}
}

/** 15, 30, then 60: who mends the cause sees it work within a minute, also where nobody tells us of it. */
function barredSeconds(attempts: number): number {
	return Math.min(LONGEST_PAUSE_SECONDS, BARRED_STEP_SECONDS * 2 ** Math.min(attempts - 1, 10));
}

/** 2, 4, 8 and so on, up to 60. */
function pauseSeconds(attempts: number): number {
	return Math.min(LONGEST_PAUSE_SECONDS, 2 ** Math.min(attempts, 10));
}
