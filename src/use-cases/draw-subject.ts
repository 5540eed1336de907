import type { Approval } from "../domain/approval.ts";
import type { Chart } from "../domain/chart.ts";
import type { ChatMessage } from "../domain/chat-message.ts";
import { routeOf } from "../domain/routing.ts";
import { readApprovalChart } from "./approval-chart.ts";
import { approvalMessage } from "./approval-message.ts";
import type { RoutingReader } from "./effective-routing.ts";
import type { Request } from "./incident-state.ts";
import { approvalEnd, incidentEnds, incidentThread, needsCall, withCallOut } from "./incident-thread.ts";
import { approvalOnCall, approvalRoutes } from "./publish-incident.ts";
import { type ReadIncidentDeps, readIncident } from "./read-incident.ts";
import { readStory } from "./read-story.ts";

export type DrawSubjectDeps = ReadIncidentDeps & { readonly routing: Pick<RoutingReader, "read"> };

/** What a delivery without a message of its own is about. */
type Subject = {
	readonly kind: "incident" | "approval";
	readonly id: string;
	/** Which of the messages about it; `living` is edited, the others are posted once. */
	readonly part: "living" | "thread" | "end";
	readonly key: string;
};

function readSubject(text: string): Subject | undefined {
	const [kind, id, part = "living", ...key] = text.split(":");
	if ((kind !== "incident" && kind !== "approval") || !id) return undefined;
	if (part !== "living" && part !== "thread" && part !== "end") return undefined;
	return { kind, id, part, key: key.join(":") };
}

/** Whether a subject's message is never edited once it is posted. */
export function isPostedOnce(subject: string): boolean {
	const part = readSubject(subject)?.part;
	return part === "thread" || part === "end";
}

/**
 * The message of a subject as things are now; undefined where there is nothing to say any more.
 * @throws AppError `not_found`, and `unavailable` where the store does not answer
 */
export async function drawSubject(deps: DrawSubjectDeps, text: string): Promise<ChatMessage | undefined> {
	const subject = readSubject(text);
	if (!subject) return undefined;
	return subject.kind === "incident" ? drawIncident(deps, subject) : drawApproval(deps, subject);
}

async function drawIncident(deps: DrawSubjectDeps, { id, part, key }: Subject) {
	const story = await readStory(deps.store, id);
	const { onCall } = routeOf((await deps.routing.read()).routing, story.labels);
	if (part === "thread") return incidentThread(story, onCall).find((post) => post.key === key)?.message;
	if (part === "end") return incidentEnds(story, onCall).find((post) => post.key === key)?.message;
	const { incident, request, message } = await readIncident(deps, id);
	return needsCall(incident, request?.approval) ? withCallOut(message, onCall) : message;
}

async function drawApproval(deps: DrawSubjectDeps, { id, part, key }: Subject) {
	const approval = await deps.store.approvals.get(id);
	if (!approval) return undefined;
	if (part === "living") {
		const execution = await deps.store.executions.ofApproval(id);
		const request = { approval, ...(execution ? { execution } : {}) };
		const nowMs = await deps.store.now();
		const message = approvalMessage(request, nowMs, await chartOf(deps, request, nowMs));
		return approval.status === "failed" ? withCallOut(message, await onCallOf(deps, approval)) : message;
	}
	if (part === "thread" || approval.status !== key) return undefined;
	return approvalEnd(approval, await onCallOf(deps, approval));
}

async function onCallOf({ routing }: DrawSubjectDeps, approval: Approval) {
	return approvalOnCall(approvalRoutes((await routing.read()).routing, approval));
}

/** A chart that can't be read leaves the card without one: the decision must be seen all the same. */
async function chartOf(deps: DrawSubjectDeps, request: Request, nowMs: number): Promise<Chart | undefined> {
	try {
		return await readApprovalChart(deps.metrics, request, nowMs);
	} catch (error) {
		const { id } = request.approval;
		deps.logger.warn("the chart of a request could not be read", { approval: id, error });
		return undefined;
	}
}
