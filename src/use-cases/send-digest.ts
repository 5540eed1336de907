import type { ChatMessage } from "../domain/chat-message.ts";
import type { DigestDefinition } from "../domain/digest.ts";
import { digestMessage } from "./digest-message.ts";
import { onEachPlatform } from "./on-each-platform.ts";
import type { PublishDeps } from "./publish-incident.ts";
import { type ReadIncidentDeps, readIncident } from "./read-incident.ts";

/** Compiles the digest of a period that ends now: what began in it, and what is open still. Reads only. */
export async function compileDigest(deps: ReadIncidentDeps, digest: DigestDefinition): Promise<ChatMessage> {
	const nowMs = await deps.store.now();
	const sinceMs = nowMs - digest.periodHours * 3_600_000;
	const begun = (await deps.store.incidents.list({ sinceMs }, { limit: 200 })).items;
	const open = (await deps.store.incidents.list({ status: "open" }, { limit: 200 })).items;
	const incidents = [...begun, ...open.filter(({ id }) => !begun.some((incident) => incident.id === id))];
	const approvals = (await deps.store.approvals.list({ sinceMs }, { limit: 200 })).items;
	const worst = incidents.find((incident) => incident.kind === "anomaly");
	const chart = worst ? (await readIncident(deps, worst.id)).chart : undefined;
	return digestMessage({
		name: digest.name,
		sinceMs,
		nowMs,
		incidents,
		approvals,
		watchCount: deps.watches.length,
		...(chart ? { chart } : {}),
	});
}

/**
 * Posts a digest for one scheduled instant, once over all replicas. Returns whether this caller posted it. A platform
 * that fails does not keep it from the others; its error is thrown at the end.
 */
export async function sendDigest(
	deps: PublishDeps,
	digest: DigestDefinition,
	instantMs: number,
): Promise<boolean> {
	// Compiled before it is claimed: who can't compile it leaves it to another.
	const message = await compileDigest(deps, digest);
	if (!(await deps.store.leases.claimRun(`digest:${digest.name}`, instantMs))) return false;
	const subject = `digest:${digest.name}:${instantMs}`;
	await onEachPlatform(deps.platforms, async (platform, conversation) => {
		const reference = await platform.post(conversation, message, subject);
		await deps.store.postings.remember(subject, conversation, reference);
	});
	return true;
}
