import type { ChatMessage, Fact, PlanView, QueryTrace } from "../../../src/domain/chat-message.ts";
import { inertDeep } from "../../../src/domain/inert-text.ts";
import { fitLine, fitText } from "./escape-text.ts";
import { type Piece, plainText, richElements } from "./render-pieces.ts";
import type { TimeFrame } from "./render-time.ts";
import type { KnownBlock, ModalView } from "./slack-message.ts";

const MOST_QUERIES = 40;
const MOST_CHECKS = 20;
const QUERY_COST = 2000;
const SUMMARY_COST = 2900;
const MARKS = { pass: "✓", info: "·", fail: "✕" } as const;

/** The queries behind a message with the numbers that rest on them, and its plan in full length with the checks. Pure. */
export function renderEvidence(message: ChatMessage, frame: TimeFrame): ModalView {
	const { queries, facts, plan } = inertDeep(message);
	const left = queries.length - MOST_QUERIES;
	const blocks: KnownBlock[] = [
		...(queries.length === 0 ? [line("none", "No queries are behind this.", frame)] : []),
		...queries.slice(0, MOST_QUERIES).map((query, index) => queryBlock(query, index, facts, frame)),
		...(left > 0 ? [line("left", `and ${left} more ${left === 1 ? "query" : "queries"}`, frame)] : []),
		...(plan ? [checksBlock(plan, frame)] : []),
	];
	return {
		type: "modal",
		callback_id: "incident.evidence",
		title: plainText(plan ? "Queries and checks" : "Queries", frame),
		close: plainText("Close", frame),
		blocks,
	};
}

function queryBlock(
	{ id, query, purpose, span }: QueryTrace,
	index: number,
	facts: readonly Fact[],
	frame: TimeFrame,
): KnownBlock {
	const heading: Piece[] = [
		{ text: `${fitLine(id, 40)} ${fitLine(purpose, 200)}`, style: "bold" },
		{ text: [`, ${fitLine(span, 100)}`, ...numbersOf(id, facts)].join("\n") },
	];
	const text = plainText(fitText(query, QUERY_COST) || " ", frame).text;
	return {
		type: "rich_text",
		block_id: `query.${index + 1}`,
		elements: [
			{ type: "rich_text_section", elements: richElements(heading, frame) },
			{ type: "rich_text_preformatted", elements: [{ type: "text", text }] },
		],
	};
}

function numbersOf(queryId: string, facts: readonly Fact[]): string[] {
	return facts
		.filter((fact) => fact.queryId === queryId)
		.slice(0, 4)
		.map(({ label, value, note = "" }) => {
			const expected = note === "" ? "" : `, ${fitLine(note, 150)}`;
			return `${fitLine(label, 100)}: ${fitLine(value, 100)}${expected}`;
		});
}

function checksBlock(plan: PlanView, frame: TimeFrame): KnownBlock {
	const { title, summary, checks, helpedIf, otherwise, planHash } = plan;
	const left = checks.length - MOST_CHECKS;
	const texts = [
		fitText(summary, SUMMARY_COST),
		...checks.slice(0, MOST_CHECKS).map(({ verdict, text }) => `${MARKS[verdict]} ${fitLine(text, 300)}`),
		...(left > 0 ? [`and ${left} more checks`] : []),
		`Helped if ${fitLine(helpedIf, 300)}, if not: ${fitLine(otherwise, 300)}`,
	];
	const pieces: Piece[] = [
		{ text: `Checks of the plan: ${fitLine(title, 120)}`, style: "bold" },
		...texts.map((text) => ({ text: `\n${text}` })),
		{ text: "\nPlan " },
		{ text: fitLine(planHash, 128) || "without a hash", style: "code" },
	];
	return {
		type: "rich_text",
		block_id: "checks",
		elements: [{ type: "rich_text_section", elements: richElements(pieces, frame) }],
	};
}

function line(blockId: string, text: string, frame: TimeFrame): KnownBlock {
	return { type: "section", block_id: blockId, text: plainText(text, frame) };
}
