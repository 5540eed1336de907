import { type Approval, isEnded, isUnchecked } from "../domain/approval.ts";
import { afterChange, changeBefore, endedByItself } from "../domain/came-back-after.ts";
import type { MessageState } from "../domain/chat-message.ts";
import type { Incident } from "../domain/incident.ts";
import { sentenceCase } from "../domain/sentence-case.ts";
import { endedWord } from "./now-lead.ts";

/** One thing that is over. */
export type NowEvent = {
	readonly incidentId?: string;
	readonly approvalId?: string;
	readonly state: MessageState;
	readonly title: string;
	readonly note: string;
	readonly atMs: number;
};

const RECENT_MS = 86_400_000;
const MAXIMUM_EVENTS = 5;

/** What ended in the last 24 hours, newest first, at most five. An incident ended by a request appears once. */
export function recentEvents(inputs: {
	readonly nowMs: number;
	readonly ended: readonly Approval[];
	readonly resolved: readonly Incident[];
}): NowEvent[] {
	const requests = inputs.ended.filter(({ status }) => isEnded(status)).map(requestEvent);
	const done = inputs.ended.filter(({ status }) => status === "succeeded");
	const told = new Set(done.map(({ incidentId }) => incidentId));
	const incidents = inputs.resolved.filter(({ id }) => !told.has(id)).map(incidentEvent);
	return [...requests, ...incidents]
		.filter(({ atMs }) => inputs.nowMs - atMs < RECENT_MS)
		.toSorted((a, b) => b.atMs - a.atMs)
		.slice(0, MAXIMUM_EVENTS);
}

const STATES: Partial<Record<Approval["status"], MessageState>> = {
	succeeded: "resolved",
	failed: "failed",
	rollback_failed: "failed",
	rolled_back: "rolled_back",
	denied: "denied",
	expired: "expired",
	cancelled: "cancelled",
	unknown: "unknown",
};

function requestEvent(approval: Approval): NowEvent {
	return {
		...(approval.incidentId === undefined ? {} : { incidentId: approval.incidentId }),
		approvalId: approval.id,
		state: isUnchecked(approval) ? "info" : (STATES[approval.status] ?? "info"),
		title: `${approval.plan.title} ${endedWord(approval)}`,
		note: approval.outcome ?? "",
		atMs: approval.endedAtMs ?? approval.createdAtMs,
	};
}

function incidentEvent(incident: Incident): NowEvent {
	const change = changeBefore(incident);
	const words = {
		remediated: "is well after a change",
		recovered: change
			? `came back ${afterChange(change)}`
			: endedByItself(incident)
				? "recovered by itself"
				: "came back",
		closed: "was closed",
	};
	const fact = incident.title.startsWith(`${incident.target}: `)
		? incident.title.slice(incident.target.length + 2)
		: incident.title;
	return {
		incidentId: incident.id,
		state: incident.outcome === "closed" ? "info" : "resolved",
		title: `${incident.target} ${words[incident.outcome ?? "recovered"]}`,
		note: sentenceCase(fact),
		atMs: incident.resolvedAtMs ?? incident.openedAtMs,
	};
}
