import { z } from "zod";
import { APPROVAL_STATUSES } from "../../src/domain/approval.ts";
import { AUDIT_FORMATS } from "../../src/domain/audit-export.ts";
import { Chart } from "../../src/domain/chart.ts";
import { ChatMessage, MessageState, QueryTrace } from "../../src/domain/chat-message.ts";
import { PlanCheck, Reversal, Risk } from "../../src/domain/plan.ts";
import { Unit } from "../../src/domain/quantity.ts";
import { Severity } from "../../src/domain/severity.ts";

export * from "./status-schema.ts";

/** The public shapes of the HTTP interface. Times are ISO 8601 in UTC; inside charts and messages Unix milliseconds. */
const time = z.iso.datetime();

const page = <T extends z.ZodType>(item: T) =>
	z.object({ items: z.array(item), next: z.string().optional() });

export const PersonView = z.object({
	id: z.string(),
	name: z.string(),
	role: z.enum(["admin", "operator", "viewer", "guest"]),
});

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

export const DecisionView = z.object({
	person: PersonView,
	verdict: z.enum(["approve", "deny"]),
	reason: z.string().optional(),
	at: time,
});

export const ExecutionView = z.object({
	id: z.string(),
	status: z.enum(["intended", "called", "failed", "unknown"]),
	intendedAt: time,
	finishedAt: time.optional(),
	result: z.string().optional(),
	verification: z
		.object({
			verdict: z.enum(["pending", "helped", "not_helped", "worse"]),
			reason: z.string(),
			insideForSeconds: z.number(),
			checkedAt: time,
			lastValue: z.number().optional(),
		})
		.optional(),
});

export const ApprovalView = z.object({
	id: z.string(),
	status: z.enum(APPROVAL_STATUSES),
	/** It was done, and its plan has nothing by which anybody could tell that it helped. */
	unchecked: z.literal(true).optional(),
	incidentId: z.string().optional(),
	remediation: z.string(),
	title: z.string(),
	summary: z.string(),
	environment: z.string(),
	parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
	targets: z.array(
		z.object({
			name: z.string(),
			id: z.string(),
			state: z.record(z.string(), z.union([z.string(), z.number()])),
		}),
	),
	/** What was checked before anybody was asked, by the plan and by AWS. */
	checks: z.array(PlanCheck),
	/** What AWS was asked: while it is pending nobody can decide; `statement` is the policy that would allow what is missing, as JSON. */
	preflight: z
		.object({ state: z.enum(["pending", "passed", "blocked"]), statement: z.string().optional() })
		.optional(),
	/** Its region and account, where it is in AWS. */
	where: z.string().optional(),
	/** How long it takes, when it counts as help, what happens if not, and who may decide, in words. */
	takes: z.string().optional(),
	helpedIf: z.string().optional(),
	otherwise: z.string().optional(),
	note: z.string().optional(),
	/** The metric that shows whether it helped; without one there is no chart of it. */
	checkedMetric: z.string().optional(),
	risk: Risk,
	reversal: Reversal,
	planHash: z.string(),
	requester: z.object({ kind: z.string(), name: z.string() }),
	quorum: z.number().int(),
	approved: z.number().int(),
	/** Whether it is for the one who asks to decide, and if not why. What keeps everybody waiting is `held`. */
	mayDecide: z.object({ allowed: z.boolean(), reason: z.string().optional() }),
	/** Why nobody can approve it at the moment, though it can be denied: frozen, still being checked, not the time, changed too lately. */
	held: z.string().optional(),
	/** What has to be typed, with a reason, to approve it. */
	confirmWord: z.string().optional(),
	/** Whether the one who asks may take it back, or say what came of it. */
	mayCancel: z.boolean(),
	mayResolve: z.boolean(),
	createdAt: time,
	expiresAt: time,
	endedAt: time.optional(),
	outcome: z.string().optional(),
	decisions: z.array(DecisionView),
	execution: ExecutionView.optional(),
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
export const ApprovalPage = page(ApprovalView);

export const AuditRecordView = z.object({
	sequence: z.number().int(),
	at: time,
	action: z.string(),
	actor: z.string(),
	actorId: z.string(),
	subject: z.string(),
	summary: z.string(),
	data: z.record(z.string(), z.unknown()),
	previousHash: z.string(),
	hash: z.string(),
	/** The public key that signed it, and the signature, in base64url; records from before signing have neither. */
	key: z.string().optional(),
	signature: z.string().optional(),
});
export const AuditPage = page(AuditRecordView);
export const AuditVerificationView = z.object({
	ok: z.boolean(),
	records: z.number().int(),
	head: z.string(),
	brokenAt: z.number().int().optional(),
	reason: z.string().optional(),
	/** From which record on signatures are demanded, and the keys that signed since. */
	signedFrom: z.number().int().optional(),
	keys: z.array(z.string()).optional(),
	/** How far the chain is written down outside the database. */
	anchored: z.object({ sequence: z.number().int(), at: time }).optional(),
	/** What is odd but proves nothing. */
	notes: z.array(z.string()).optional(),
});
export const AuditExportRequest = z.strictObject({
	format: z.enum(AUDIT_FORMATS),
	/** Records from this instant on, and before that one. */
	from: z.iso.datetime({ offset: true }).optional(),
	to: z.iso.datetime({ offset: true }).optional(),
});

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

export const DecisionRequest = z.strictObject({
	verdict: z.enum(["approve", "deny"]),
	reason: z.string().max(2000).optional(),
	/** What was typed to approve a plan that asks for it: its one target's name, or how many targets it has. */
	confirmation: z.string().max(300).optional(),
});

export const ReasonRequest = z.strictObject({ reason: z.string().min(1).max(500) });

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

export const SignInRequest = z.strictObject({ code: z.string().max(200) });
export const SessionView = z.object({
	person: PersonView,
	/** Sent back as the header `x-csrf-token` with everything but GET. */
	csrfToken: z.string(),
	environment: z.string(),
	version: z.string(),
	/** The sample service can be broken on purpose here. */
	demo: z.boolean(),
});

export const SignInCodeView = z.object({ code: z.string(), expiresAt: time });
export const SignedOutView = z.object({ signedOut: z.literal(true) });

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
