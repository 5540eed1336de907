import type { ChatMessage, IncidentView, StoredMessageView } from "../../../web/src/api/types.generated.ts";

const MINUTE_MS = 60_000;

function message(parts: Partial<ChatMessage>): ChatMessage {
	return { facts: [], buttons: [], loop: [], queries: [], footer: [], suggestions: [], ...parts };
}

/** The console's channel, newest first: a command, the living card, a question and its answer. */
export function chatMessages(nowMs: number, incident: IncidentView): readonly StoredMessageView[] {
	const stored = (
		id: string,
		kind: "person" | "bot",
		said: ChatMessage,
		createdMinutesAgo: number,
		updatedMinutesAgo = createdMinutesAgo,
	): StoredMessageView => ({
		id,
		author: { kind, name: kind === "bot" ? "SmartCloudOps" : "admin-1" },
		message: said,
		createdAt: new Date(nowMs - createdMinutesAgo * MINUTE_MS).toISOString(),
		updatedAt: new Date(nowMs - updatedMinutesAgo * MINUTE_MS).toISOString(),
	});
	return [
		stored("m5", "bot", answer(), 1),
		stored("m4", "person", message({ text: "why not scale out instead?" }), 1),
		stored("m3", "bot", incident.message, 11, 1),
		stored(
			"m2",
			"bot",
			message({
				text: "checkout now leaks about 48 MB a minute. Detection was not told; it should notice within four scrapes.",
			}),
			12,
		),
		stored("m1", "person", message({ text: "/demo break checkout leak" }), 12),
	];
}

function answer(): ChatMessage {
	return message({
		text: "More tasks would not help: memory grows per task while traffic per task is flat at 28.2 requests/s.",
		table: {
			columns: [
				{ title: "Service", align: "left" },
				{ title: "Memory", align: "right" },
			],
			rows: [
				["checkout", "804 MB"],
				["search", "210 MB"],
			],
		},
		queries: [
			{
				id: "q1",
				query: 'sum(rate(http_requests_total{job="checkout"}[5m]))',
				purpose: "traffic",
				span: "the last 27 min",
			},
		],
		footer: ["one query", "02:20–02:47", "without a language model"],
		suggestions: ["what changed before it?", "has this happened before?", "show errors of checkout"],
	});
}
