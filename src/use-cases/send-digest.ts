import type { ChatMessage } from "../domain/chat-message.ts";
import type { DigestDefinition } from "../domain/digest.ts";
import { digestMessage } from "./digest-message.ts";
import { type PublishDeps, readIncident } from "./publish-incident.ts";

/** Compiles the digest of a period that ends now. Reads only. */
export async function compileDigest(
	deps: Omit<PublishDeps, "platforms">,
	digest: DigestDefinition,
): Promise<ChatMessage> {
	const nowMs = await deps.store.now();
	const sinceMs = nowMs - digest.periodHours * 3_600_000;
	const incidents = (await deps.store.incidents.list({ sinceMs }, { limit: 200 })).items;
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

/** Posts a digest for one scheduled instant, once over all replicas. Returns whether this caller posted it. */
export async function sendDigest(
	deps: PublishDeps,
	digest: DigestDefinition,
	instantMs: number,
): Promise<boolean> {
	if (!(await deps.store.leases.claimRun(`digest:${digest.name}`, instantMs))) return false;
	const message = await compileDigest(deps, digest);
	for (const platform of deps.platforms) {
		const conversation = platform.defaultConversation();
		if (!conversation) continue;
		const subject = `digest:${digest.name}:${instantMs}`;
		const reference = await platform.post(conversation, message, subject);
		await deps.store.postings.remember(subject, conversation, reference);
	}
	return true;
}
