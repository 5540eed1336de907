import type { Selectable } from "kysely";
import { AppError } from "../../domain/errors.ts";
import type { Execution } from "../../domain/execution.ts";
import { Plan } from "../../domain/plan.ts";
import { targetWeight } from "../../domain/target-names.ts";
import type { Sample } from "../../domain/time-series.ts";
import type { ExecutionStore, RecentEffect } from "../../ports/store.ts";
import type { Database } from "./open-database.ts";
import { present } from "./present.ts";
import { fromId, toId } from "./public-id.ts";
import type { Tables } from "./tables.ts";
import { toTime, toTimeOrNull } from "./times.ts";
import { toJson } from "./to-json.ts";

/** Executions in Postgres: the table itself refuses a second one of an approval. */
export function createExecutionStore(db: Database): ExecutionStore {
	return {
		create: async (execution) => {
			const row = await db
				.insertInto("executions")
				.values(toRow(execution))
				.onConflict((conflict) => conflict.doNothing())
				.returningAll()
				.executeTakeFirst();
			if (row) return toExecution(row);
			throw new AppError("conflict", `${execution.approvalId} was executed already; it is never run twice.`);
		},
		ofApproval: async (approvalId) => {
			const row = await db
				.selectFrom("executions")
				.selectAll()
				.where("approval_number", "=", fromId("A", approvalId) ?? 0)
				.executeTakeFirst();
			return row && toExecution(row);
		},
		save: async (execution) => {
			const { numUpdatedRows } = await db
				.updateTable("executions")
				.set(toRow(execution))
				.where("number", "=", fromId("X", execution.id) ?? 0)
				.executeTakeFirst();
			if (numUpdatedRows === 0n)
				throw new AppError("not_found", `There is no execution ${execution.id}; look it up again.`);
		},
		recent: async (sinceMs) => {
			const rows = await db
				.selectFrom("executions")
				.innerJoin("approvals", "approvals.number", "executions.approval_number")
				.select(["approvals.number as approval", "approvals.plan", "executions.intended_at"])
				.where("executions.intended_at", ">=", toTime(sinceMs))
				.orderBy("executions.intended_at", "desc")
				.orderBy("executions.number", "desc")
				.execute();
			return rows.flatMap(effectsOf);
		},
	};
}

/** What of a stored plan says which targets a run was about. */
const Touched = Plan.pick({ remediation: true, environment: true, targets: true });

/** A plan that can't be read is AppError `internal`: a limit that forgets it would not hold. */
function effectsOf(row: {
	readonly approval: number;
	readonly plan: unknown;
	readonly intended_at: Date;
}): readonly RecentEffect[] {
	const approvalId = toId("A", row.approval);
	const plan = Touched.safeParse(row.plan);
	if (!plan.success)
		throw new AppError("internal", `What ${approvalId} changed can't be read, so no limit can be judged.`, {
			detail: plan.error.message,
		});
	const { remediation, environment, targets } = plan.data;
	const intendedAtMs = row.intended_at.getTime();
	return targets.map(({ id, name, state }) => ({
		approvalId,
		remediation,
		environment,
		intendedAtMs,
		targetId: id,
		targetName: name,
		weight: targetWeight({ state }),
	}));
}

function toExecution(row: Selectable<Tables["executions"]>): Execution {
	return {
		id: toId("X", row.number),
		approvalId: toId("A", row.approval_number),
		status: row.status,
		intendedAtMs: row.intended_at.getTime(),
		...present({
			finishedAtMs: row.finished_at?.getTime(),
			result: row.result,
			verification: row.verification,
			before: row.before,
		}),
	};
}

function toRow(execution: Omit<Execution, "id">) {
	const { approvalId, status, result, verification, before } = execution;
	return {
		approval_number: fromId("A", approvalId) ?? 0,
		status,
		intended_at: toTime(execution.intendedAtMs),
		finished_at: toTimeOrNull(execution.finishedAtMs),
		result: result ?? null,
		verification: verification ? toJson(verification) : null,
		before: before && Number.isFinite(before.value) ? toJson(finite(before)) : null,
	};
}

/** Samples may be NaN or infinite; JSON has neither, and null would not be a number. */
function finite({ value, samples, usual }: NonNullable<Execution["before"]>): Execution["before"] {
	const numbers = (all: readonly Sample[]) => all.filter((sample) => Number.isFinite(sample.v));
	return { value, samples: numbers(samples), ...(usual ? { usual: numbers(usual) } : {}) };
}
