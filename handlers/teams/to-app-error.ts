import { z } from "zod";
import { AppError } from "../../src/domain/errors.ts";

/** An answer of the Bot Connector that is no success. `retryAfter` is the header as it came. */
export type ConnectorAnswer = {
	readonly status: number;
	readonly retryAfter?: string | undefined;
	readonly body: string;
};

const ErrorBody = z.object({ error: z.object({ code: z.string().max(200) }) });
const DEFAULT_WAIT_SECONDS = 5;
const MAXIMUM_WAIT_SECONDS = 3600;

/** Of a conversation that no longer takes our messages, whatever the status it comes with. */
const GONE = new Set([
	"BotNotInConversationRoster",
	"BotDisabledByAdmin",
	"ConversationNotFound",
	"ConversationBlockedByUser",
	"ForbiddenOperationException",
]);

/**
 * What a refusal of the Bot Connector means here. 404 for one message of a conversation that is still there is
 * `not_found`; everything that says we are not part of the conversation is `gone`. The body goes to no log but by its
 * code. Pure.
 */
export function toAppError(answer: ConnectorAnswer, nowMs: number): AppError {
	const { status } = answer;
	const code = errorCode(answer.body);
	const detail = `the Bot Connector answered ${status}${code === undefined ? "" : ` ${code}`}`;
	if (status === 429 || status === 412)
		return new AppError("limited", "Teams takes no more messages here at the moment.", {
			detail,
			retryAfterSeconds: waitSeconds(answer.retryAfter, nowMs) ?? DEFAULT_WAIT_SECONDS,
		});
	if (status === 401)
		return new AppError("forbidden", "Teams does not accept the bot's sign-in; check MICROSOFT_APP_ID.", {
			detail,
		});
	if (status === 403 || (code !== undefined && GONE.has(code)))
		return new AppError(
			"gone",
			"The bot is not part of this conversation in Teams any more; add the app there again.",
			{ detail },
		);
	if (status === 404)
		return new AppError("not_found", "The message or its conversation is gone from Teams.", { detail });
	if (status >= 500 || status === 408)
		return new AppError("unavailable", "Teams can't take messages at the moment.", {
			detail,
			retryAfterSeconds: waitSeconds(answer.retryAfter, nowMs) ?? DEFAULT_WAIT_SECONDS,
		});
	return new AppError("invalid", "Teams refused the message.", { detail });
}

function errorCode(body: string): string | undefined {
	try {
		return ErrorBody.safeParse(JSON.parse(body)).data?.error.code.replaceAll(/[^\w.-]/g, "");
	} catch {
		return undefined;
	}
}

/** Retry-After in seconds from now: a number, or a date. */
function waitSeconds(header: string | undefined, nowMs: number): number | undefined {
	if (header === undefined || header.trim() === "") return undefined;
	const seconds = /^\s*\d+\s*$/.test(header) ? Number(header) : (Date.parse(header) - nowMs) / 1000;
	if (!Number.isFinite(seconds)) return undefined;
	return Math.min(MAXIMUM_WAIT_SECONDS, Math.max(1, Math.ceil(seconds)));
}
