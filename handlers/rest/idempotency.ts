import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { canonicalJson } from "../../src/domain/canonical-json.ts";
import { AppError, type ErrorCode, toAppError } from "../../src/domain/errors.ts";
import type { ReplyStore } from "../../src/ports/reply-store.ts";
import { isReply } from "./route.ts";
import { openReply, sealReply } from "./seal-reply.ts";

const HOLD_SECONDS = 60;
const LOOK_AGAIN_MS = 100;
const LOOKS = 100;
const WORTH_REPEATING = new Set<ErrorCode>(["internal", "unavailable", "limited"]);

/** What a request came to: the body of its reply, or why it was refused. */
const Outcome = z.union([
	z.object({ body: z.unknown() }).strict(),
	z.object({
		code: z.string().transform((code) => code as ErrorCode),
		message: z.string(),
		extra: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
	}),
]);

/** Who repeats a request, by one credential: another one of the same person has keys of its own. */
type Repeater = { readonly credentialId: string; readonly secret: string };

/** Remembers the outcome of requests that carry an Idempotency-Key. */
export type Idempotency = {
	/**
	 * Does `work` at most once for a key, and gives every later caller the same outcome, refusals included, for a day
	 * and over restarts and replicas. Failures that another try may cure are forgotten. AppErrors: `unsupported` if the key was
	 * used for another request, `conflict` while the first one is still worked on.
	 */
	once(by: Repeater, key: string, request: unknown, work: () => Promise<unknown>): Promise<unknown>;
};

/**
 * What makes an effect happen once is the store's compare-and-swap; this lets a repeated request read the same words.
 */
export function createIdempotency(replies: ReplyStore): Idempotency {
	return {
		once: async ({ credentialId, secret }, name, request, work) => {
			const key = `${credentialId} ${name}`;
			const fingerprint = createHash("sha256").update(canonicalJson(request)).digest("hex");
			for (let look = 0; look < LOOKS; look += 1) {
				const known = await replies.claim(key, fingerprint, HOLD_SECONDS);
				if (!known) return await workOnce(replies, key, secret, work);
				if (known.fingerprint !== fingerprint)
					throw new AppError(
						"unsupported",
						"This Idempotency-Key was used for another request; use a new key for a new request.",
					);
				if (known.outcome) return replay(known.outcome, secret);
				await delay(LOOK_AGAIN_MS);
			}
			throw new AppError("conflict", "The first request with this Idempotency-Key is still worked on.");
		},
	};
}

async function workOnce(
	replies: ReplyStore,
	key: string,
	secret: string,
	work: () => Promise<unknown>,
): Promise<unknown> {
	try {
		const body = await work();
		// What ends a session or streams is no JSON; saying it twice does no harm.
		if (isReply(body)) await replies.release(key);
		else await replies.keep(key, sealReply({ body: body ?? null }, secret));
		return body;
	} catch (thrown) {
		const { code, message, extra } = toAppError(thrown);
		if (WORTH_REPEATING.has(code)) await replies.release(key).catch(() => undefined);
		else await replies.keep(key, sealReply({ code, message, extra }, secret));
		throw thrown;
	}
}

function replay(sealed: string, secret: string): unknown {
	const outcome = Outcome.parse(openReply(sealed, secret));
	if ("body" in outcome) return outcome.body;
	throw new AppError(outcome.code, outcome.message, { extra: outcome.extra });
}
