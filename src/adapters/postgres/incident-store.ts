import type { Selectable } from "kysely";
import { AppError } from "../../domain/errors.ts";
import type { Incident } from "../../domain/incident.ts";
import type { IncidentStore } from "../../ports/store.ts";
import type { Database } from "./open-database.ts";
import { startOf, toPage } from "./page.ts";
import { present } from "./present.ts";
import { fromId, toId } from "./public-id.ts";
import type { Tables } from "./tables.ts";
import { toTime, toTimeOrNull } from "./times.ts";
import { toJson } from "./to-json.ts";

/** Incidents in Postgres. Lists are by id, newest first; `sinceMs` is about when an incident opened. */
export function createIncidentStore(db: Database): IncidentStore {
	const find = (id: string) =>
		db
			.selectFrom("incidents")
			.selectAll()
			.where("number", "=", fromId("INC", id) ?? 0);
	return {
		create: async (incident) => {
			const row = await db
				.insertInto("incidents")
				.values({ ...toRow(incident), version: 1 })
				.onConflict((conflict) => conflict.doNothing())
				.returningAll()
				.executeTakeFirst();
			if (row) return toIncident(row);
			throw new AppError(
				"conflict",
				`There is an open incident of ${incident.target} already; add to that one.`,
			);
		},
		get: async (id) => optional(await find(id).executeTakeFirst()),
		getForUpdate: async (id) => optional(await find(id).forUpdate().executeTakeFirst()),
		openOf: async (target, environment, kind) =>
			optional(
				await db
					.selectFrom("incidents")
					.selectAll()
					.where("target", "=", target)
					.where("environment", "=", environment)
					.where("kind", "=", kind)
					.where("status", "=", "open")
					.forUpdate()
					.executeTakeFirst(),
			),
		save: async (incident) => {
			const row = await db
				.updateTable("incidents")
				.set({ ...toRow(incident), version: incident.version + 1 })
				.where("number", "=", fromId("INC", incident.id) ?? 0)
				.where("version", "=", incident.version)
				.returningAll()
				.executeTakeFirst();
			if (row) return toIncident(row);
			throw new AppError("conflict", `${incident.id} was changed by somebody else; read it again.`);
		},
		list: async (filter, page) => {
			const { before, rows } = startOf("INC", page);
			const { status, sinceMs } = filter;
			let query = db.selectFrom("incidents").selectAll().orderBy("number", "desc").limit(rows);
			if (before !== undefined) query = query.where("number", "<", before);
			if (status !== undefined) query = query.where("status", "=", status);
			if (sinceMs !== undefined) query = query.where("opened_at", ">=", toTime(sinceMs));
			return toPage("INC", page, await query.execute(), (row) => row.number, toIncident);
		},
	};
}

function optional(row: Selectable<Tables["incidents"]> | undefined): Incident | undefined {
	return row && toIncident(row);
}

function toIncident(row: Selectable<Tables["incidents"]>): Incident {
	const { target, environment, kind, status, severity, title, explanation, timeline, version } = row;
	return {
		id: toId("INC", row.number),
		target,
		environment,
		kind,
		status,
		severity,
		title,
		explanation,
		openedAtMs: row.opened_at.getTime(),
		...present({ resolvedAtMs: row.resolved_at?.getTime(), outcome: row.outcome }),
		timeline,
		version,
	};
}

function toRow(incident: Omit<Incident, "id" | "version">) {
	const { target, environment, kind, status, severity, title, explanation } = incident;
	return {
		target,
		environment,
		kind,
		status,
		severity,
		title,
		explanation,
		opened_at: toTime(incident.openedAtMs),
		resolved_at: toTimeOrNull(incident.resolvedAtMs),
		outcome: incident.outcome ?? null,
		timeline: toJson(incident.timeline),
	};
}
