import type { z } from "zod";
import type { Answer } from "../../src/domain/answer.ts";
import { finiteChart } from "../../src/use-cases/finite-chart.ts";
import type { QueryResponse } from "./api-schema.ts";

/** An answer as the interface gives it. A number that is none becomes null; its text says why. */
export function answerView(answer: Answer, conversation: string): z.input<typeof QueryResponse> {
	const { text, verdict, chart, table, queries, span, mode, suggestions, approvalId } = answer;
	return {
		answer: text,
		verdict,
		facts: answer.facts.map(({ value, ...fact }) => ({
			...fact,
			value: Number.isFinite(value) ? value : null,
		})),
		...(chart ? { chart: finiteChart(chart) } : {}),
		...(table
			? { table: { columns: [...table.columns], rows: table.rows.slice(0, 10).map((row) => [...row]) } }
			: {}),
		queries: [...queries],
		...(span === undefined ? {} : { span }),
		mode,
		conversation,
		suggestions: [...suggestions],
		...(approvalId === undefined ? {} : { approvalId }),
	};
}
