import { z } from "zod";
import { Chart } from "./chart.ts";
import { Severity } from "./severity.ts";

/** States a message can be in; each has a shape, a word and a colour on every platform. */
export const MessageState = z.enum([
	"anomaly",
	"investigating",
	"waiting",
	"running",
	"verifying",
	"resolved",
	"failed",
	"unknown",
	"rolled_back",
	"denied",
	"expired",
	"cancelled",
	"blind",
	"info",
]);
export type MessageState = z.infer<typeof MessageState>;

/** A number with what was expected, and the query behind it. `note` is the expectation or the time. */
export const Fact = z.object({
	label: z.string(),
	value: z.string(),
	note: z.string().optional(),
	queryId: z.string().optional(),
});
export type Fact = z.infer<typeof Fact>;

/** A query behind the numbers, as evidence. */
export const QueryTrace = z.object({
	id: z.string(),
	query: z.string(),
	purpose: z.string(),
	span: z.string(),
});
export type QueryTrace = z.infer<typeof QueryTrace>;

/** One stop of the loop: Seen, Explained, Proposed, Approved, Ran, Verified. */
export const LoopStep = z.object({
	name: z.string(),
	note: z.string().optional(),
	state: z.enum(["done", "now", "ahead", "ended", "failed", "back", "unknown"]),
});
export type LoopStep = z.infer<typeof LoopStep>;

/** What pressing does. `approve` and `deny` carry an approval id and nothing else; `say` sends its text as the person. */
export const Button = z.discriminatedUnion("action", [
	z.object({ action: z.literal("approve"), label: z.string(), approvalId: z.string() }),
	z.object({ action: z.literal("deny"), label: z.string(), approvalId: z.string() }),
	z.object({ action: z.literal("say"), label: z.string(), text: z.string() }),
	z.object({ action: z.literal("open"), label: z.string(), path: z.string() }),
]);
export type Button = z.infer<typeof Button>;

/** The plan as a card shows it: drawn from typed fields only. */
export const PlanView = z.object({
	approvalId: z.string(),
	title: z.string(),
	summary: z.string(),
	checks: z.array(z.object({ verdict: z.enum(["pass", "info", "fail"]), text: z.string() })),
	risk: z.enum(["low", "medium", "high"]),
	takes: z.string(),
	helpedIf: z.string(),
	otherwise: z.string(),
	planHash: z.string(),
	approved: z.number().int(),
	quorum: z.number().int(),
	expiresAtMs: z.number().optional(),
	note: z.string().optional(),
	/** The region and account it is in, where that is not this machine. */
	where: z.string().optional(),
	/** What undoing means, as a part of a line: `can be taken back`. */
	undoing: z.string().optional(),
	/** How many targets, the first few by name, and where the whole list is in the console. */
	targets: z
		.object({ count: z.number().int(), shown: z.array(z.string()).max(5), path: z.string() })
		.optional(),
	/** The policy statement that would allow what AWS does not, as JSON. */
	statement: z.string().optional(),
});
export type PlanView = z.infer<typeof PlanView>;

/**
 * One message on any chat platform, as plain data. `text` is the one field a language model may fill (`textByModel`);
 * everything else comes from typed fields. Order on screen: title, state, facts, chart, text, table, plan, buttons,
 * loop, footer. At most 4 facts, 3 buttons, 1 chart, 1 table of 10 rows.
 */
export const ChatMessage = z.object({
	title: z.string().optional(),
	severity: Severity.optional(),
	state: z.object({ kind: MessageState, text: z.string() }).optional(),
	/** Such as INC-3; `path` is its address in the console. */
	subject: z.object({ id: z.string(), path: z.string() }).optional(),
	sinceMs: z.number().optional(),
	facts: z.array(Fact).max(4).default([]),
	chart: Chart.optional(),
	text: z.string().optional(),
	textByModel: z.boolean().optional(),
	table: z
		.object({
			columns: z.array(z.object({ title: z.string(), align: z.enum(["left", "right"]) })),
			rows: z.array(z.array(z.string())).max(10),
		})
		.optional(),
	plan: PlanView.optional(),
	buttons: z.array(Button).max(3).default([]),
	loop: z.array(LoopStep).default([]),
	queries: z.array(QueryTrace).default([]),
	footer: z.array(z.string()).default([]),
	/** Questions one press away. */
	suggestions: z.array(z.string()).max(3).default([]),
	/** Platform -> the id of the user or group to mention, because somebody must look now. */
	callOut: z.record(z.string(), z.string()).optional(),
});
export type ChatMessage = z.infer<typeof ChatMessage>;

/** A message with the empty parts filled in. */
export function chatMessage(parts: Partial<ChatMessage>): ChatMessage {
	return { facts: [], buttons: [], loop: [], queries: [], footer: [], suggestions: [], ...parts };
}
