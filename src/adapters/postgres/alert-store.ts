import type { Selectable } from "kysely";
import type { Alert } from "../../domain/alert.ts";
import { AppError } from "../../domain/errors.ts";
import type { AlertStore } from "../../ports/store.ts";
import { cleanText } from "./clean-text.ts";
import type { Database } from "./open-database.ts";
import { startOf, toPage } from "./page.ts";
import { present } from "./present.ts";
import { fromId, toId } from "./public-id.ts";
import type { Tables } from "./tables.ts";
import { toTime, toTimeOrNull } from "./times.ts";
import { toJson } from "./to-json.ts";

/** Alerts in Postgres. Lists are by id, newest first; `sinceMs` is about when an alert began to fire. */
export function createAlertStore(db: Database): AlertStore {
	const all = db.selectFrom("alerts").selectAll();
	return {
		create: async (alert) => {
			const row = await db
				.insertInto("alerts")
				.values(toRow(alert))
				.onConflict((conflict) => conflict.doNothing())
				.returningAll()
				.executeTakeFirst();
			if (row) return toAlert(row);
			throw new AppError("conflict", `The alert ${alert.name} is known already; update that one.`);
		},
		find: async (fingerprint, startsAtMs) => {
			const row = await all
				.where("fingerprint", "=", cleanText(fingerprint))
				.where("starts_at", "=", toTime(startsAtMs))
				.forUpdate()
				.executeTakeFirst();
			return row && toAlert(row);
		},
		save: async (alert) => {
			const { numUpdatedRows } = await db
				.updateTable("alerts")
				.set(toRow(alert))
				.where("number", "=", fromId("AL", alert.id) ?? 0)
				.executeTakeFirst();
			if (numUpdatedRows === 0n)
				throw new AppError("not_found", `There is no alert ${alert.id}; look it up again.`);
		},
		ofIncident: async (incidentId) => {
			const incident = fromId("INC", incidentId) ?? 0;
			const rows = await all.where("incident_number", "=", incident).orderBy("number").execute();
			return rows.map(toAlert);
		},
		list: async ({ status, sinceMs }, page) => {
			const { before, rows } = startOf("AL", page);
			let query = all.orderBy("number", "desc").limit(rows);
			if (before !== undefined) query = query.where("number", "<", before);
			if (status !== undefined)
				query = query.where("resolved_at", status === "firing" ? "is" : "is not", null);
			if (sinceMs !== undefined) query = query.where("starts_at", ">=", toTime(sinceMs));
			return toPage("AL", page, await query.execute(), (row) => row.number, toAlert);
		},
	};
}

function toAlert(row: Selectable<Tables["alerts"]>): Alert {
	const { fingerprint, labels, annotations, name, target, environment, severity } = row;
	return {
		id: toId("AL", row.number),
		fingerprint,
		labels,
		annotations,
		startsAtMs: row.starts_at.getTime(),
		...present({
			endsAtMs: row.ends_at?.getTime(),
			generatorUrl: row.generator_url,
			resolvedAtMs: row.resolved_at?.getTime(),
		}),
		name,
		target,
		environment,
		severity,
		...present({ incidentId: row.incident_number === null ? null : toId("INC", row.incident_number) }),
		receivedAtMs: row.received_at.getTime(),
	};
}

function toRow(alert: Omit<Alert, "id">) {
	const { generatorUrl, incidentId } = alert;
	return {
		fingerprint: cleanText(alert.fingerprint),
		starts_at: toTime(alert.startsAtMs),
		ends_at: toTimeOrNull(alert.endsAtMs),
		labels: toJson(alert.labels),
		annotations: toJson(alert.annotations),
		generator_url: generatorUrl === undefined ? null : cleanText(generatorUrl),
		name: cleanText(alert.name),
		target: cleanText(alert.target),
		environment: cleanText(alert.environment),
		severity: alert.severity,
		incident_number: incidentId === undefined ? null : (fromId("INC", incidentId) ?? 0),
		received_at: toTime(alert.receivedAtMs),
		resolved_at: toTimeOrNull(alert.resolvedAtMs),
	};
}
