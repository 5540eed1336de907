import { type ChatMessage, chatMessage } from "../../src/domain/chat-message.ts";
import { AppError } from "../../src/domain/errors.ts";

/** A failure of the console's own channel as an AppError: the store did not take or give a message. */
export function toAppError(error: unknown): AppError {
	if (error instanceof AppError) return error;
	return new AppError("unavailable", "The console can't keep messages at the moment; try again shortly.", {
		retryAfterSeconds: 2,
		cause: error,
		detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
	});
}

/** What the person reads when something they asked for could not be done. */
export function errorMessage(error: AppError): ChatMessage {
	return chatMessage({
		state: { kind: error.code === "forbidden" ? "info" : "failed", text: "Not done" },
		text: error.message,
	});
}
