import type { AppError, ErrorCode } from "../domain/errors.ts";

/** What becomes of a delivery whose work failed. */
export type InboxFailure =
	| { readonly kind: "again"; readonly afterSeconds: number }
	| { readonly kind: "given_up"; readonly problem: string };

const MOST_ATTEMPTS = 6;
/** What the same try can't cure. */
const FINAL: readonly ErrorCode[] = [
	"invalid",
	"unsupported",
	"unauthenticated",
	"forbidden",
	"not_found",
	"gone",
];

/** Tries again after 2, 4, 8 ... seconds, or as long as the error asks for; the sixth failure is the last. Pure. */
export function judgeInboxFailure(attempts: number, error: AppError): InboxFailure {
	if (FINAL.includes(error.code) || attempts >= MOST_ATTEMPTS)
		return { kind: "given_up", problem: error.message };
	return { kind: "again", afterSeconds: Math.max(2 ** attempts, error.retryAfterSeconds ?? 0) };
}
