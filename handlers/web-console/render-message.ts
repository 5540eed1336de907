import type { Button, ChatMessage, PlanView } from "../../src/domain/chat-message.ts";
import { cutLine, cutText, inertDeep } from "../../src/domain/inert-text.ts";
import { finiteChart } from "../../src/use-cases/finite-chart.ts";
import { LIMITS } from "./limits.ts";

/**
 * Brings a message inside the console's limits and makes its texts inert. What does not fit is left out with a count,
 * never silently; buttons that lead out of the console are dropped. Pure and idempotent.
 */
export function renderMessage(message: ChatMessage): ChatMessage {
	const { title, text, chart, table, plan, ...rest } = inertDeep(message);
	return {
		...rest,
		...(title === undefined ? {} : { title: cutLine(title, LIMITS.titleCharacters) }),
		...(text === undefined ? {} : { text: cutText(text, LIMITS.textCharacters) }),
		...(rest.state
			? { state: { ...rest.state, text: cutLine(rest.state.text, LIMITS.lineCharacters) } }
			: {}),
		facts: rest.facts.slice(0, LIMITS.facts).map((fact) => ({
			...fact,
			label: cutLine(fact.label, LIMITS.labelCharacters),
			value: cutLine(fact.value, LIMITS.labelCharacters),
			...(fact.note === undefined ? {} : { note: cutLine(fact.note, LIMITS.lineCharacters) }),
		})),
		...(chart ? { chart: finiteChart({ ...chart, lines: chart.lines.slice(0, LIMITS.chartLines) }) } : {}),
		...(table ? { table: renderTable(table) } : {}),
		...(plan ? { plan: renderPlan(plan) } : {}),
		buttons: rest.buttons.filter(staysHere).slice(0, LIMITS.buttons).map(renderButton),
		loop: rest.loop.slice(0, LIMITS.loopSteps),
		queries: rest.queries.slice(0, LIMITS.queries).map((query) => ({
			...query,
			query: cutText(query.query, LIMITS.queryCharacters),
		})),
		footer: [...leftOut(message), ...rest.footer]
			.slice(0, LIMITS.footerLines)
			.map((line) => cutLine(line, LIMITS.lineCharacters)),
		suggestions: rest.suggestions
			.slice(0, LIMITS.suggestions)
			.map((line) => cutLine(line, LIMITS.lineCharacters)),
	};
}

function leftOut(message: ChatMessage): string[] {
	const rows = (message.table?.rows.length ?? 0) - LIMITS.tableRows;
	const facts = message.facts.length - LIMITS.facts;
	return [
		...(rows > 0 ? [`and ${rows} more rows`] : []),
		...(facts > 0 ? [`and ${facts} more numbers`] : []),
	];
}

function renderTable(table: NonNullable<ChatMessage["table"]>): ChatMessage["table"] {
	const cell = (text: string) => cutLine(text, LIMITS.cellCharacters);
	return {
		columns: table.columns
			.slice(0, LIMITS.tableColumns)
			.map((column) => ({ ...column, title: cell(column.title) })),
		rows: table.rows
			.slice(0, LIMITS.tableRows)
			.map((row) => row.slice(0, LIMITS.tableColumns).map((text) => cell(text))),
	};
}

function renderPlan(plan: PlanView): PlanView {
	return {
		...plan,
		title: cutLine(plan.title, LIMITS.titleCharacters),
		summary: cutText(plan.summary, LIMITS.textCharacters),
		checks: plan.checks
			.slice(0, LIMITS.checks)
			.map((check) => ({ ...check, text: cutLine(check.text, LIMITS.lineCharacters) })),
		...(plan.targets
			? {
					targets: {
						...plan.targets,
						shown: plan.targets.shown.map((name) => cutLine(name, LIMITS.labelCharacters)),
					},
				}
			: {}),
		...(plan.statement === undefined ? {} : { statement: cutText(plan.statement, LIMITS.textCharacters) }),
	};
}

function renderButton(button: Button): Button {
	return { ...button, label: cutLine(button.label, LIMITS.labelCharacters) };
}

/** Whether pressing stays in the console: a path of ours, not an address that only looks like one. */
function staysHere(button: Button): boolean {
	return button.action !== "open" || /^\/(?![/\\])/.test(button.path);
}
