import type { DigestDefinition } from "../domain/digest.ts";
import { keepBeginning } from "./digest-beginning.ts";
import { digestRun, type SendDigestDeps, sendDigest } from "./send-digest.ts";

/** What is due is left to its own schedule for so long. */
const LEAVE_MS = 60_000;

/**
 * Sends the newest instant of a digest that was due since its last run and that nobody sent, once over all replicas.
 * Older ones that were missed too are not sent. At its first sight a digest only has its beginning recorded: nothing
 * before that was due. Idempotent. Returns whether this caller sent it.
 *
 * @param newestDue the newest due instant in (`afterMs`, `untilMs`]
 */
export async function catchUpDigest(
	deps: SendDigestDeps,
	digest: DigestDefinition,
	newestDue: (afterMs: number, untilMs: number) => number | undefined,
): Promise<boolean> {
	const { store } = deps;
	const nowMs = await store.now();
	await keepBeginning(store, nowMs);
	const lastMs = await store.leases.lastRun(digestRun(digest));
	if (lastMs === undefined) {
		// Never a whole second: no instant at which it is due may count as sent.
		await store.leases.claimRun(digestRun(digest), Math.floor(nowMs / 1000) * 1000 - 1);
		return false;
	}
	const dueMs = newestDue(lastMs, nowMs - LEAVE_MS);
	return dueMs === undefined ? false : sendDigest(deps, digest, dueMs);
}
