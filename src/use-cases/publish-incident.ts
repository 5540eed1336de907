import type { Approval } from "../domain/approval.ts";
import type { ChatMessage } from "../domain/chat-message.ts";
import type { ChatPlatform } from "../ports/chat-platform.ts";
import type { Stores } from "../ports/store.ts";
import { approvalMessage } from "./incident-message.ts";
import { onEachPlatform } from "./on-each-platform.ts";
import { type ReadIncidentDeps, readIncident } from "./read-incident.ts";

const MAXIMUM_ROUNDS = 5;

export type PublishDeps = ReadIncidentDeps & {
	readonly platforms: readonly ChatPlatform[];
};

/**
 * Posts an incident's message or edits it in place, on every platform. Idempotent. Where the incident changed while the
 * message was on its way it is edited again, so that the last edit shows the last state, whoever makes it.
 */
export async function publishIncident(deps: PublishDeps, incidentId: string): Promise<void> {
	const lock = (stores: Stores) => stores.incidents.getForUpdate(incidentId);
	for (let round = 0; round < MAXIMUM_ROUNDS; round += 1) {
		const { incident, request, message } = await readIncident(deps, incidentId);
		await publish(deps, `incident:${incidentId}`, message, lock);
		const now = await deps.store.incidents.get(incidentId);
		const newest = (await deps.store.approvals.list({ incidentId }, { limit: 1 })).items[0];
		if (now?.version === incident.version && sameVersion(newest, request?.approval)) return;
	}
}

/** Edits whatever shows a request: its incident's message, or a card of its own. */
export async function publishApproval(deps: PublishDeps, approvalId: string): Promise<void> {
	const lock = (stores: Stores) => stores.approvals.getForUpdate(approvalId);
	for (let round = 0; round < MAXIMUM_ROUNDS; round += 1) {
		const approval = await deps.store.approvals.get(approvalId);
		if (!approval) return;
		if (approval.incidentId) return publishIncident(deps, approval.incidentId);
		const execution = await deps.store.executions.ofApproval(approvalId);
		const message = approvalMessage({ approval, ...(execution ? { execution } : {}) });
		await publish(deps, `approval:${approvalId}`, message, lock);
		if (sameVersion(await deps.store.approvals.get(approvalId), approval)) return;
	}
}

function sameVersion(a: Approval | undefined, b: Approval | undefined): boolean {
	return a?.id === b?.id && a?.version === b?.version;
}

/** @param lock locks the row that `subject` is about until the transaction ends: of two first posts one waits */
async function publish(
	deps: PublishDeps,
	subject: string,
	message: ChatMessage,
	lock: (stores: Stores) => Promise<unknown>,
): Promise<void> {
	await onEachPlatform(deps.platforms, async (platform, conversation) => {
		try {
			const known = await deps.store.postings.find(subject, conversation);
			// A card that somebody deleted stays deleted: posting it again would go on for ever.
			if (known !== undefined) return void (await platform.update(conversation, known, message));
			await deps.store.transaction(async (stores) => {
				await lock(stores);
				const first = await stores.postings.find(subject, conversation);
				if (first !== undefined) return void (await platform.update(conversation, first, message));
				const reference = await platform.post(conversation, message, subject);
				await stores.postings.remember(subject, conversation, reference);
			});
		} catch (error) {
			deps.logger.error("a message could not be published", { platform: platform.name, subject, error });
			throw error;
		}
	});
}
