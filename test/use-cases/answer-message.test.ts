import { ChatMessage } from "../../src/domain/chat-message.ts";
import { answerMessage } from "../../src/use-cases/answer-message.ts";
import { aChart, anAnswer } from "../handlers/support/samples.ts";

test("the sentence, its numbers with their queries, and where they come from", () => {
	expect(answerMessage(anAnswer())).toEqual({
		text: "CPU of checkout is 34 %.",
		facts: [{ label: "CPU now", value: "34 %", queryId: "q1" }],
		buttons: [],
		loop: [],
		queries: [{ id: "q1", query: "cpu", purpose: "CPU of checkout", span: "now" }],
		footer: ["1 query, now", "without a language model"],
		suggestions: ["memory of checkout"],
	});
});

test("a chart and a table come along, the table with what is left out", () => {
	const rows = Array.from({ length: 14 }, (_, n) => [String(n)]);
	const table = { columns: [{ title: "n", align: "left" as const }], rows };
	const message = answerMessage(anAnswer({ chart: aChart(), table }));
	expect(ChatMessage.parse(message)).toEqual(message);
	expect(message.chart?.title).toBe("Memory of checkout");
	expect(message.table?.rows).toHaveLength(10);
	expect(message.footer[0]).toBe("and 4 more rows");
});

test("an answer of any size is a message", () => {
	const facts = Array.from({ length: 9 }, (_, n) => ({
		label: `n ${n}`,
		value: Number.NaN,
		unit: "count" as const,
		text: "no data",
		query: "x",
	}));
	const suggestions = ["a", "b", "c", "d"];
	const message = answerMessage(anAnswer({ text: "a".repeat(40_000), facts, suggestions, queries: [] }));
	expect(ChatMessage.safeParse(message).success).toBe(true);
	expect(message.suggestions).toHaveLength(3);
	expect(message.footer).toEqual(["now", "without a language model"]);
});

test("a request it led to can be opened, not decided here", () => {
	const { buttons } = answerMessage(anAnswer({ approvalId: "A-7" }));
	expect(buttons).toEqual([{ action: "open", label: "Open the request", path: "/approvals/A-7" }]);
});

test("a model's words are marked as such", () => {
	const message = answerMessage(anAnswer({ mode: "model" }));
	expect(message.textByModel).toBe(true);
	expect(message.footer).toContain("explained with a model");
});
