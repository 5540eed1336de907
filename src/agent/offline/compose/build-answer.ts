import type { Measured } from "../../../../skills/define-skill.ts";
import { momentWithZone, type Reader, spanText } from "../../../../skills/text/time-text.ts";
import type { Answer, AnswerFact } from "../../../domain/answer.ts";
import type { Chart } from "../../../domain/chart.ts";
import type { QueryTrace } from "../../../domain/chat-message.ts";
import { formatQuantity } from "../../../domain/quantity.ts";
import { expectedText } from "./words.ts";

const MOST_FACTS = 8;
const MOST_ROWS = 20;
const LONGEST_TEXT = 900;

/** A number of an answer before it is numbered: what it is called, an optional note, its purpose as evidence. */
export type FactDraft = Measured & { readonly note?: string; readonly purpose?: string };

/** A query that was asked without giving a fact of its own. */
export type QueryDraft = {
	readonly query: string;
	readonly purpose: string;
	readonly startMs?: number;
	readonly endMs: number;
};

/** Everything an answer may have; the text is all it must have. */
export type AnswerDraft = {
	readonly verdict?: Answer["verdict"];
	readonly text: string;
	readonly facts?: readonly FactDraft[];
	readonly queries?: readonly QueryDraft[];
	readonly chart?: Chart;
	readonly table?: NonNullable<Answer["table"]>;
	/** What the answer covers: an instant, a span, or words for it. */
	readonly span?: string | { readonly startMs?: number | undefined; readonly endMs: number };
	readonly suggestions?: readonly string[];
	readonly approvalId?: string;
};

/** The answer of a draft: facts with their words, every query once with an id, bounds kept. */
export function buildAnswer(draft: AnswerDraft, reader: Reader): Answer {
	const facts = (draft.facts ?? []).filter((fact) => Number.isFinite(fact.value)).slice(0, MOST_FACTS);
	const asked = [
		...facts.map((fact) => ({ ...fact, purpose: fact.purpose ?? fact.label })),
		...(draft.queries ?? []),
	];
	const { table } = draft;
	return {
		verdict: draft.verdict ?? "answered",
		text: draft.text.slice(0, LONGEST_TEXT),
		facts: facts.map(factOf),
		...(draft.chart ? { chart: draft.chart } : {}),
		...(table ? { table: { ...table, rows: table.rows.slice(0, MOST_ROWS) } } : {}),
		queries: tracesOf(asked, reader),
		...(draft.span === undefined ? {} : { span: coveredText(draft.span, reader) }),
		mode: "offline",
		suggestions: [...new Set(draft.suggestions ?? [])].slice(0, 3),
		...(draft.approvalId ? { approvalId: draft.approvalId } : {}),
	};
}

function factOf({ label, value, unit, query, expected, note }: FactDraft): AnswerFact {
	const remark = note ?? (expected ? expectedText(expected, unit) : undefined);
	const text = formatQuantity(value, unit);
	return { label, value, unit, text, query, ...(remark ? { note: remark } : {}) };
}

function tracesOf(asked: readonly QueryDraft[], reader: Reader): readonly QueryTrace[] {
	const kept = asked.filter((one, index) => {
		const same = asked.filter((other) => other.query === one.query);
		const wider = same.find((other) => other !== one && covers(other, one) && !covers(one, other));
		return (
			wider === undefined && asked.findIndex((other) => covers(other, one) && covers(one, other)) === index
		);
	});
	return kept.map(({ query, purpose, startMs, endMs }, index) => ({
		id: `q${index + 1}`,
		query,
		purpose,
		span: startMs === undefined ? momentWithZone(endMs, reader) : spanText(startMs, endMs, reader),
	}));
}

/** `now, 14:30 CET`, `12:30 CET`, `12:30–14:30 CET` */
function coveredText(span: NonNullable<AnswerDraft["span"]>, reader: Reader): string {
	if (typeof span === "string") return span;
	if (span.startMs !== undefined) return spanText(span.startMs, span.endMs, reader);
	return `${span.endMs >= reader.nowMs ? "now, " : ""}${momentWithZone(span.endMs, reader)}`;
}

/** Whether a query was asked over all of the time of another asking of it. */
function covers(one: QueryDraft, other: QueryDraft): boolean {
	const start = (draft: QueryDraft) => draft.startMs ?? draft.endMs;
	return one.query === other.query && start(one) <= start(other) && one.endMs >= other.endMs;
}
