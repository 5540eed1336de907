import type { Chart } from "./chart.ts";
import type { Fact, QueryTrace } from "./chat-message.ts";
import type { Unit } from "./quantity.ts";

/** A number of an answer: the raw value with its unit, the words people read, and the query it rests on. */
export type AnswerFact = {
	readonly label: string;
	readonly value: number;
	readonly unit: Unit;
	readonly text: string;
	readonly note?: string;
	readonly query: string;
};

/** What an investigator says. `no_data` and `not_understood` are answers too, and say what would work. */
export type Answer = {
	readonly verdict: "answered" | "no_data" | "not_understood" | "refused";
	/** The sentence with the number first. */
	readonly text: string;
	readonly facts: readonly AnswerFact[];
	readonly chart?: Chart;
	readonly table?: {
		readonly columns: readonly { readonly title: string; readonly align: "left" | "right" }[];
		readonly rows: readonly (readonly string[])[];
	};
	readonly queries: readonly QueryTrace[];
	/** What the answer covers, in words: "now", "02:20–02:47". */
	readonly span?: string;
	readonly mode: "offline" | "model";
	readonly suggestions: readonly string[];
	/** An approval that this question led to. */
	readonly approvalId?: string;
};

/** The facts as a card shows them. */
export function factsView(answer: Answer): Fact[] {
	return answer.facts.slice(0, 4).map((fact) => {
		const trace = answer.queries.find((query) => query.query === fact.query);
		return {
			label: fact.label,
			value: fact.text,
			...(fact.note ? { note: fact.note } : {}),
			...(trace ? { queryId: trace.id } : {}),
		};
	});
}
