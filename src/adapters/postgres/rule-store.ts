import type { Selectable } from "kysely";
import type { RuleRun } from "../../domain/rule-run.ts";
import type { RuleStore } from "../../ports/rule-store.ts";
import { cleanText } from "./clean-text.ts";
import type { Database } from "./open-database.ts";
import { present } from "./present.ts";
import { fromId, toId } from "./public-id.ts";
import type { Tables } from "./tables.ts";
import { toTime } from "./times.ts";
import { toJson } from "./to-json.ts";

const MOST_UNSCORED = 500;
const MOST_OF_RULE = 1000;

/** What standing rules said, in Postgres. The table itself refuses a second word on one finding. */
export function createRuleStore(db: Database): RuleStore {
	const rowOf = (id: string) => fromId("R", id) ?? 0;
	return {
		begin: async (run) => {
			const row = await db
				.insertInto("rule_runs")
				.values({
					rule: run.rule,
					version: run.version,
					mode: run.mode,
					anomaly_id: run.anomalyId,
					incident_id: run.incidentId,
					remediation: run.remediation,
					target: cleanText(run.target),
					at: toTime(run.atMs),
					approval_id: run.approvalId ?? null,
					note: run.note === undefined ? null : cleanText(run.note),
					score: run.score ? toJson(run.score) : null,
				})
				.onConflict((conflict) => conflict.doNothing())
				.returningAll()
				.executeTakeFirst();
			return row && toRun(row);
		},
		settle: async (id, { approvalId, note }) => {
			await db
				.updateTable("rule_runs")
				.set({ approval_id: approvalId ?? null, note: note === undefined ? null : cleanText(note) })
				.where("number", "=", rowOf(id))
				.execute();
		},
		score: async (id, score) => {
			await db
				.updateTable("rule_runs")
				.set({ score: toJson(score) })
				.where("number", "=", rowOf(id))
				.execute();
		},
		unscored: async () => {
			const rows = await db
				.selectFrom("rule_runs")
				.selectAll()
				.where("score", "is", null)
				.orderBy("number")
				.limit(MOST_UNSCORED)
				.execute();
			return rows.map(toRun);
		},
		ofRule: async (rule, version) => {
			const rows = await db
				.selectFrom("rule_runs")
				.selectAll()
				.where("rule", "=", rule)
				.where("version", "=", version)
				.orderBy("number", "desc")
				.limit(MOST_OF_RULE)
				.execute();
			return rows.map(toRun);
		},
	};
}

function toRun(row: Selectable<Tables["rule_runs"]>): RuleRun {
	return {
		id: toId("R", row.number),
		rule: row.rule,
		version: row.version,
		mode: row.mode,
		anomalyId: row.anomaly_id,
		incidentId: row.incident_id,
		remediation: row.remediation,
		target: row.target,
		atMs: row.at.getTime(),
		...present({ approvalId: row.approval_id, note: row.note, score: row.score }),
	};
}
