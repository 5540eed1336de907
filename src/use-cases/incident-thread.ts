import { type Approval, isEnded } from "../domain/approval.ts";
import { type ChatMessage, chatMessage } from "../domain/chat-message.ts";
import type { Execution } from "../domain/execution.ts";
import type { Incident } from "../domain/incident.ts";
import { formatDuration } from "../domain/quantity.ts";
import { incidentState, lastedSpan, type Request, requestState } from "./incident-state.ts";

/** What an incident's thread is written from. Requests: newest first. */
export type IncidentStory = {
	readonly incident: Incident;
	readonly evidence: readonly { readonly query: string; readonly purpose: string }[];
	readonly requests: readonly Request[];
};

/** One message of a thread or a channel about an incident. For each key there is one, which is never edited. */
export type IncidentPost = { readonly key: string; readonly message: ChatMessage };

type OnCall = Readonly<Record<string, string>>;

const MAXIMUM_REQUESTS = 5;
const MAXIMUM_QUERIES = 5;

/** What belongs in the thread below an incident's message by now, oldest kind first. Pure. */
export function incidentThread(story: IncidentStory, onCall: OnCall): readonly IncidentPost[] {
	const requests = story.requests.slice(0, MAXIMUM_REQUESTS).toReversed();
	return [...explained(story), ...raised(story, onCall), ...requests.flatMap(ofRequest)];
}

/**
 * The lines for the channel itself, for each end one: resolved, and each request that failed, was rolled back or whose
 * outcome is unknown. Key: empty for the incident's own. Pure.
 */
export function incidentEnds(story: IncidentStory, onCall: OnCall): readonly IncidentPost[] {
	const { incident } = story;
	const ends = story.requests
		.slice(0, MAXIMUM_REQUESTS)
		.toReversed()
		.filter(({ approval }) => BAD_ENDS.includes(approval.status))
		.map(({ approval }): IncidentPost => {
			const message = line(incident, requestState(approval), approval.outcome ?? approval.plan.summary);
			const called = approval.status !== "rolled_back" || incident.severity === "critical";
			return {
				key: endKey(approval),
				message: called ? withCallOut(message, onCall) : message,
			};
		});
	if (incident.status !== "resolved") return ends;
	const entry = incident.timeline.findLast((item) => item.kind === "ended");
	const last = (entry?.text ?? "It is over").replace(/\.$/, "");
	const span = lastedSpan(incident);
	const lasted = span ? `It lasted ${formatDuration(span.untilMs - span.fromMs)}.` : "";
	const how = `${last.charAt(0).toLowerCase()}${last.slice(1)}`;
	const message = line(incident, incidentState(incident, story.requests[0]), lasted, how);
	return [...ends, { key: "", message }];
}

/** The key of the line at the end of a request. */
export function endKey({ id, status }: Pick<Approval, "id" | "status">): string {
	return `${id}:${status}`;
}

/** The line for the channel where a request that belongs to no incident ended badly. Pure. */
export function approvalEnd(approval: Approval, onCall: OnCall): ChatMessage | undefined {
	if (!BAD_ENDS.includes(approval.status)) return undefined;
	const state = requestState(approval);
	const message = chatMessage({
		title: `${approval.plan.title}: ${state.text.toLowerCase()}`,
		state,
		subject: { id: approval.id, path: `/approvals/${approval.id}` },
		text: approval.outcome ?? approval.plan.summary,
	});
	return approval.status === "rolled_back" ? message : withCallOut(message, onCall);
}

/**
 * Whether the card itself calls where it is posted first: it is critical, or a change failed. Where only a person can
 * mend the end of a change, the line that says so calls.
 */
export function needsCall(incident: Incident, approval: Approval | undefined): boolean {
	if (incident.status === "resolved") return false;
	return incident.severity === "critical" || approval?.status === "failed";
}

/** The message with the people it calls for, where there are any. */
export function withCallOut(message: ChatMessage, onCall: OnCall): ChatMessage {
	return Object.keys(onCall).length === 0 ? message : { ...message, callOut: { ...onCall } };
}

const CALLING: readonly Approval["status"][] = ["failed", "rollback_failed", "unknown"];
const BAD_ENDS: readonly Approval["status"][] = [...CALLING, "rolled_back"];

function explained({ incident, evidence }: IncidentStory): IncidentPost[] {
	if (!incident.timeline.some((entry) => entry.kind === "explained")) return [];
	const rows = evidence.slice(0, MAXIMUM_QUERIES).map(({ query, purpose }) => [purpose, query]);
	const columns = ["Evidence", "Query"].map((title) => ({ title, align: "left" as const }));
	const message = chatMessage({
		text: incident.explanation,
		...(rows.length > 0 ? { table: { columns, rows } } : {}),
	});
	return [{ key: "explained", message }];
}

/** An edit of the card calls nobody, so what became critical after its first post is told anew. */
function raised({ incident }: IncidentStory, onCall: OnCall): IncidentPost[] {
	const first = incident.timeline.find((entry) => entry.severity !== undefined)?.severity;
	if (incident.severity !== "critical" || first === "critical" || incident.status === "resolved") return [];
	const text = `${incident.id} is critical now: ${incident.title}.`;
	return [{ key: "critical", message: withCallOut(chatMessage({ text }), onCall) }];
}

function ofRequest({ approval, execution }: Request): IncidentPost[] {
	const posts: IncidentPost[] = [];
	for (const { person, verdict, reason } of approval.decisions) {
		const word = verdict === "approve" ? "approved" : "denied";
		const text = `${person.name} ${word}: ${approval.plan.title} (${approval.id}).`;
		posts.push({ key: `decided:${approval.id}:${person.id}`, message: chatMessage({ text }) });
		// By itself, for it may be told long after the decision.
		if (reason)
			posts.push({
				key: `reason:${approval.id}:${person.id}`,
				message: chatMessage({ text: `${person.name} on why they ${word}: ${reason}` }),
			});
	}
	return [...posts, ...ran(approval, execution), ...outcome(approval)];
}

function ran(approval: Approval, execution: Execution | undefined): IncidentPost[] {
	if (execution?.status !== "called" || execution.finishedAtMs === undefined) return [];
	const took = formatDuration(execution.finishedAtMs - execution.intendedAtMs);
	const text = `Ran in ${took}: ${execution.result ?? approval.plan.title}`;
	return [{ key: `ran:${approval.id}`, message: chatMessage({ text }) }];
}

/** What was denied is told with the decision. */
function outcome(approval: Approval): IncidentPost[] {
	if (!isEnded(approval.status) || approval.status === "denied" || !approval.outcome) return [];
	const message = chatMessage({ state: requestState(approval), text: approval.outcome });
	return [{ key: `outcome:${approval.id}:${approval.status}`, message }];
}

function line(
	incident: Incident,
	state: NonNullable<ChatMessage["state"]>,
	text: string,
	how = state.text.toLowerCase(),
): ChatMessage {
	return chatMessage({
		title: `${incident.target}: ${how}`,
		severity: incident.severity,
		state,
		subject: { id: incident.id, path: `/incidents/${incident.id}` },
		text,
	});
}
