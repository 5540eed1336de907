import { createHash } from "node:crypto";
import { canonicalJson } from "../../src/domain/canonical-json.ts";
import { AppError, type ErrorCode } from "../../src/domain/errors.ts";
import type { Clock } from "../../src/ports/clock.ts";

const MAXIMUM_ENTRIES = 1000;
const KEPT_MS = 86_400_000;
const WORTH_REPEATING = new Set<ErrorCode>(["internal", "unavailable", "limited"]);

/** Remembers the outcome of requests that carry an Idempotency-Key. */
export type Idempotency = {
	/**
	 * Does `work` at most once for a key, and gives every later caller the same outcome, errors included. Failures that
	 * another try may cure are forgotten. AppErrors: `unsupported` if the key was used for another request.
	 */
	once(key: string, request: unknown, work: () => Promise<unknown>): Promise<unknown>;
};

type Entry = { readonly fingerprint: string; readonly outcome: Promise<unknown>; readonly atMs: number };

/**
 * Keeps the newest 1,000 outcomes for a day, in this process only: what makes an effect happen once is the store's
 * compare-and-swap; this only lets a repeated request read the same words.
 */
export function createIdempotency(clock: Clock): Idempotency {
	const entries = new Map<string, Entry>();
	return {
		async once(key, request, work) {
			const fingerprint = createHash("sha256").update(canonicalJson(request)).digest("hex");
			const known = entries.get(key);
			if (known && clock.now() - known.atMs < KEPT_MS) {
				if (known.fingerprint === fingerprint) return known.outcome;
				throw new AppError(
					"unsupported",
					"This Idempotency-Key was used for another request; use a new key for a new request.",
				);
			}
			const outcome = work();
			entries.delete(key);
			entries.set(key, { fingerprint, outcome, atMs: clock.now() });
			const oldest = entries.keys().next().value;
			if (entries.size > MAXIMUM_ENTRIES && oldest !== undefined) entries.delete(oldest);
			try {
				return await outcome;
			} catch (error) {
				if (!(error instanceof AppError) || WORTH_REPEATING.has(error.code)) entries.delete(key);
				throw error;
			}
		},
	};
}
