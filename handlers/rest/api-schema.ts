import { z } from "zod";
import { Chart } from "../../src/domain/chart.ts";
import { ChatMessage, MessageState, QueryTrace } from "../../src/domain/chat-message.ts";
import { Unit } from "../../src/domain/quantity.ts";
import { Severity } from "../../src/domain/severity.ts";
import { ApprovalView } from "./approval-schema.ts";
import { page } from "./page-schema.ts";

export * from "./approval-schema.ts";
export * from "./audit-schema.ts";
export * from "./session-schema.ts";
export * from "./status-schema.ts";

/** The public shapes of the HTTP interface. Times are ISO 8601 in UTC; inside charts and messages Unix milliseconds. */
const time = z.iso.datetime();

export const AnomalyView = z.object({
	id: z.string(),
	watch: z.string(),
	target: z.string(),
	environment: z.string(),
	labels: z.record(z.string(), z.string()),
	query: z.string(),
	incidentId: z.string(),
	status: z.enum(["open", "closed"]),
	openedAt: time,
	outsideSince: time,
	lastSeenAt: time,
	closedAt: time.optional(),
	score: z.number(),
	severity: Severity,
	value: z.number(),
	unit: Unit,
	band: z.object({ low: z.number(), high: z.number() }),
	explanation: z.string(),
});

export const TimelineEntryView = z.object({
	at: time,
	kind: z.string(),
	text: z.string(),
	severity: Severity.optional(),
});

export const IncidentSummary = z.object({
	id: z.string(),
	target: z.string(),
	environment: z.string(),
	kind: z.enum(["anomaly", "blind"]),
	status: z.enum(["open", "resolved"]),
	state: z.object({ kind: MessageState, text: z.string() }),
	severity: Severity,
	title: z.string(),
	openedAt: time,
	resolvedAt: time.optional(),
	outcome: z.enum(["remediated", "recovered", "closed"]).optional(),
	anomalies: z.array(AnomalyView),
	approvals: z.array(ApprovalView),
});

export const IncidentView = IncidentSummary.extend({
	explanation: z.string(),
	timeline: z.array(TimelineEntryView),
	/** The living message as every platform shows it, with its chart. */
	message: ChatMessage,
});

export const IncidentPage = page(IncidentSummary);
export const AnomalyPage = page(AnomalyView);

export const QueryRequest = z.strictObject({
	text: z.string().max(20_000),
	conversation: z.string().max(200).optional(),
});
export const QueryResponse = z.object({
	answer: z.string(),
	verdict: z.enum(["answered", "no_data", "not_understood", "refused"]),
	facts: z.array(
		z.object({
			label: z.string(),
			value: z.number().nullable(),
			unit: Unit,
			text: z.string(),
			note: z.string().optional(),
			query: z.string(),
		}),
	),
	chart: Chart.optional(),
	table: ChatMessage.shape.table,
	queries: z.array(QueryTrace),
	span: z.string().optional(),
	mode: z.enum(["offline", "model"]),
	conversation: z.string(),
	suggestions: z.array(z.string()),
	approvalId: z.string().optional(),
});

export const CommandRequest = z.strictObject({ text: z.string().max(20_000) });
export const CommandResponse = z.object({ messages: z.array(ChatMessage) });

/** The Now page in one reading: the sentence first. */
export const NowView = z.object({
	sentence: z.string(),
	lead: z.string(),
	/** The incident that needs somebody most. */
	incident: IncidentView.optional(),
	waiting: z.array(ApprovalView),
	/** Requests of unknown outcome, oldest first: somebody has to say what happened. */
	unknown: z.array(ApprovalView),
	recent: z.array(
		z.object({
			incidentId: z.string().optional(),
			approvalId: z.string().optional(),
			state: MessageState,
			title: z.string(),
			note: z.string(),
			at: time,
		}),
	),
	openIncidents: z.number().int(),
	watchesInside: z.number().int(),
	watchesTotal: z.number().int(),
	/** Present while the installation has never seen the loop: the guided first run. */
	firstRun: z
		.object({
			startedInSeconds: z.number(),
			learningProgress: z.number(),
			readyInSeconds: z.number().optional(),
			breakable: z.boolean(),
			broken: z.boolean(),
			verified: z.boolean(),
		})
		.optional(),
});

export const StoredMessageView = z.object({
	id: z.string(),
	author: z.object({ kind: z.enum(["person", "bot"]), name: z.string() }),
	message: ChatMessage,
	createdAt: time,
	updatedAt: time,
});
export const StoredMessagePage = page(StoredMessageView);
export const SayRequest = z.strictObject({ text: z.string().max(20_000) });
export const SayResponse = z.object({ items: z.array(StoredMessageView) });

/** What `/api/v1/events` sends: something changed, read it again. */
export const ChangeView = z.object({
	kind: z.enum(["message", "incident", "approval", "watch", "status"]),
	id: z.string(),
});

/** RFC 9457. `code` is stable; `state` is the state of the thing where that explains the refusal. */
export const Problem = z.object({
	type: z.string(),
	title: z.string(),
	status: z.number().int(),
	detail: z.string(),
	code: z.string(),
	state: z.string().optional(),
	retryAfterSeconds: z.number().optional(),
});
