import { type Answer, factsView } from "../domain/answer.ts";
import { type Button, type ChatMessage, chatMessage } from "../domain/chat-message.ts";

const MAXIMUM_ROWS = 10;

/** An answer as a message: the sentence first, then its numbers, chart and table, then where they come from. Pure. */
export function answerMessage(answer: Answer): ChatMessage {
	const { table, chart, approvalId } = answer;
	const buttons: Button[] = approvalId
		? [{ action: "open", label: "Open the request", path: `/approvals/${encodeURIComponent(approvalId)}` }]
		: [];
	return chatMessage({
		text: answer.text,
		...(answer.mode === "model" ? { textByModel: true } : {}),
		facts: factsView(answer),
		...(chart ? { chart } : {}),
		...(table ? { table: { columns: [...table.columns], rows: firstRows(table.rows) } } : {}),
		buttons,
		queries: [...answer.queries],
		footer: footerOf(answer),
		suggestions: answer.suggestions.slice(0, 3),
	});
}

function firstRows(rows: readonly (readonly string[])[]): string[][] {
	return rows.slice(0, MAXIMUM_ROWS).map((row) => [...row]);
}

function footerOf(answer: Answer): string[] {
	const count = answer.queries.length;
	const queries = count === 0 ? undefined : `${count} ${count === 1 ? "query" : "queries"}`;
	const basis = [queries, answer.span].filter((part) => part !== undefined).join(", ");
	const left = (answer.table?.rows.length ?? 0) - MAXIMUM_ROWS;
	return [
		...(left > 0 ? [`and ${left} more rows`] : []),
		...(basis ? [basis] : []),
		answer.mode === "model" ? "explained with a model" : "without a language model",
	];
}
