import { createHash } from "node:crypto";
import type { Selectable } from "kysely";
import type { Anomaly } from "../../domain/anomaly.ts";
import { AppError } from "../../domain/errors.ts";
import { labelsText } from "../../domain/time-series.ts";
import type { AnomalyStore } from "../../ports/store.ts";
import { cleanText } from "./clean-text.ts";
import type { Database } from "./open-database.ts";
import { startOf, toPage } from "./page.ts";
import { present } from "./present.ts";
import { fromId, toId } from "./public-id.ts";
import type { Tables } from "./tables.ts";
import { toTime, toTimeOrNull } from "./times.ts";
import { toJson } from "./to-json.ts";

/** Anomalies in Postgres. Lists are by id, newest first; `sinceMs` is about when an anomaly opened. */
export function createAnomalyStore(db: Database): AnomalyStore {
	const all = db.selectFrom("anomalies").selectAll();
	return {
		create: async (anomaly) => {
			const row = await db
				.insertInto("anomalies")
				.values(toRow(anomaly))
				.onConflict((conflict) => conflict.doNothing())
				.returningAll()
				.executeTakeFirst();
			if (row) return toAnomaly(row);
			throw new AppError(
				"conflict",
				`An anomaly of ${anomaly.watch} is open on this series already; update that one.`,
			);
		},
		get: async (id) => {
			const row = await all.where("number", "=", fromId("AN", id) ?? 0).executeTakeFirst();
			return row && toAnomaly(row);
		},
		save: async (anomaly) => {
			const { numUpdatedRows } = await db
				.updateTable("anomalies")
				.set(toRow(anomaly))
				.where("number", "=", fromId("AN", anomaly.id) ?? 0)
				.executeTakeFirst();
			if (numUpdatedRows === 0n)
				throw new AppError("not_found", `There is no anomaly ${anomaly.id}; look it up again.`);
		},
		openOf: async (watch) => {
			const rows = await all
				.where("watch", "=", watch)
				.where("closed_at", "is", null)
				.orderBy("number")
				.execute();
			return rows.map(toAnomaly);
		},
		ofIncident: async (incidentId) => {
			const incident = fromId("INC", incidentId) ?? 0;
			const rows = await all.where("incident_number", "=", incident).orderBy("number").execute();
			return rows.map(toAnomaly);
		},
		list: async ({ status, sinceMs }, page) => {
			const { before, rows } = startOf("AN", page);
			let query = all.orderBy("number", "desc").limit(rows);
			if (before !== undefined) query = query.where("number", "<", before);
			if (status !== undefined) query = query.where("closed_at", status === "open" ? "is" : "is not", null);
			if (sinceMs !== undefined) query = query.where("opened_at", ">=", toTime(sinceMs));
			return toPage("AN", page, await query.execute(), (row) => row.number, toAnomaly);
		},
	};
}

function toAnomaly(row: Selectable<Tables["anomalies"]>): Anomaly {
	const { watch, target, environment, labels, query, score, severity, value, peak, explanation } = row;
	return {
		id: toId("AN", row.number),
		watch,
		target,
		environment,
		labels,
		query,
		incidentId: toId("INC", row.incident_number),
		openedAtMs: row.opened_at.getTime(),
		outsideSinceMs: row.outside_since.getTime(),
		lastSeenAtMs: row.last_seen_at.getTime(),
		...present({ closedAtMs: row.closed_at?.getTime() }),
		score,
		severity,
		value,
		peak,
		band: { low: row.band_low, high: row.band_high },
		explanation,
	};
}

function toRow(anomaly: Omit<Anomaly, "id">) {
	const { watch, target, environment, labels, query, score, severity, value, peak, explanation } = anomaly;
	return {
		watch,
		series: createHash("sha256")
			.update(cleanText(labelsText(labels)))
			.digest("hex"),
		labels: toJson(labels),
		target,
		environment,
		query,
		incident_number: fromId("INC", anomaly.incidentId) ?? 0,
		opened_at: toTime(anomaly.openedAtMs),
		outside_since: toTime(anomaly.outsideSinceMs),
		last_seen_at: toTime(anomaly.lastSeenAtMs),
		closed_at: toTimeOrNull(anomaly.closedAtMs),
		score,
		severity,
		value,
		peak,
		band_low: anomaly.band.low,
		band_high: anomaly.band.high,
		explanation,
	};
}
