import { type Approval, type ApprovalStatus, isEnded } from "../domain/approval.ts";
import type { Chart } from "../domain/chart.ts";
import { type ChatMessage, chatMessage } from "../domain/chat-message.ts";
import type { Incident } from "../domain/incident.ts";
import { formatDuration } from "../domain/quantity.ts";
import { timeToken } from "../domain/time-text.ts";
import { requestState } from "./incident-state.ts";

const ROWS = 10;
const DID_NOT_HELP: readonly ApprovalStatus[] = ["failed", "unknown", "rolled_back", "rollback_failed"];

export type DigestInput = {
	readonly name: string;
	readonly sinceMs: number;
	readonly nowMs: number;
	readonly incidents: readonly Incident[];
	readonly approvals: readonly Approval[];
	readonly watchCount: number;
	readonly chart?: Chart;
};

/** What was abnormal, what was done, whether it helped. An empty one is a line. Pure. */
export function digestMessage(input: DigestInput): ChatMessage {
	const { incidents, approvals, sinceMs, nowMs, watchCount } = input;
	const period = `since ${timeToken(sinceMs)}`;
	if (incidents.length === 0 && approvals.length === 0)
		return chatMessage({
			text: `Nothing abnormal ${period}. ${counted(watchCount, "watch", "watches")} checked.`,
		});
	const open = incidents.filter((incident) => incident.status === "open");
	const helped = approvals.filter((approval) => approval.status === "succeeded");
	const failed = approvals.filter((approval) => DID_NOT_HELP.includes(approval.status));
	const rows = incidents.slice(0, ROWS).map((incident) => row(incident, approvals, nowMs));
	const more = incidents.length - rows.length;
	return chatMessage({
		title: `Digest: ${input.name}`,
		state: { kind: "info", text: `${formatDuration(nowMs - sinceMs)} to ${timeToken(nowMs)}` },
		text: verdict(incidents, open, helped, failed, period),
		...(input.chart ? { chart: input.chart } : {}),
		table: {
			columns: [
				{ title: "Incident", align: "left" },
				{ title: "What", align: "left" },
				{ title: "Done", align: "left" },
				{ title: "Lasted", align: "right" },
			],
			rows,
		},
		footer: [...(more > 0 ? [`and ${more} others`] : []), "without a language model"],
	});
}

function verdict(
	incidents: readonly Incident[],
	open: readonly Incident[],
	helped: readonly Approval[],
	failed: readonly Approval[],
	period: string,
): string {
	const count = counted(incidents.length, "incident", "incidents");
	const state = open.length === 0 ? "none is open" : `${open.length} still open`;
	const done =
		helped.length + failed.length === 0
			? "Nothing was changed."
			: `${counted(helped.length, "remediation", "remediations")} helped${failed.length > 0 ? `, ${failed.length} did not` : ""}.`;
	return `${count} ${period}, ${state}. ${done}`;
}

function counted(count: number, one: string, many: string): string {
	return `${count} ${count === 1 ? one : many}`;
}

function row(incident: Incident, approvals: readonly Approval[], nowMs: number): string[] {
	const approval = approvals.find((item) => item.incidentId === incident.id && isEnded(item.status));
	const done = approval ? `${approval.plan.title}: ${requestState(approval).text.toLowerCase()}` : "nothing";
	const lasted = formatDuration((incident.resolvedAtMs ?? nowMs) - incident.openedAtMs);
	return [incident.id, incident.title, done, incident.status === "open" ? `${lasted}, open` : lasted];
}
